import type { Asset } from '../../../domain/asset/asset.ts';
import type { Binding } from '../../../domain/binding/binding.ts';
import type { Ci } from '../../../domain/ci/ci.ts';
import { sameContent } from '../../../domain/shared/canonical.ts';
import { laterOf } from '../../../domain/shared/time.ts';
import { isByRun, tracePart, type Version } from '../../../domain/undo/trace.ts';
import { type UndoneThing, undoThing } from '../../../domain/undo/undo-thing.ts';
import { assetEntity } from '../../assets/entity.ts';
import { bindingEntity } from '../../bindings/entity.ts';
import { ciEntity } from '../../cis/entity.ts';
import { digest } from '../../shared/digest.ts';
import type { Entity, Stored } from '../../store/entity.ts';
import type { Write } from '../../store/table.ts';
import { readVersions } from './read-versions.ts';
import type { UndoneEdges } from './undo-edges.ts';
import type { Undoing } from './undoing.ts';

type Ids = { assetId?: string | undefined; ciId?: string | undefined };
type Half<T> = { live: Stored<T>; versions: Version<T>[] };

/** The asset and CI of a record with their versions, and the binding that the run made between them, while it stands as made. */
export type Pair = { asset?: Half<Asset>; ci?: Half<Ci>; binding?: Stored<Binding> };

/** What the record speaks of, and the other end of a binding that the run made. */
export const readPair = async (undoing: Undoing, ids: Ids): Promise<Pair> => {
  const { table, run } = undoing;
  const find = async <T>(entity: Entity<T, string>, id: string | undefined) => {
    const item = id === undefined ? undefined : await table.get(entity.keyOf(run.tenant, id), { consistent: true });
    return item === undefined ? undefined : entity.fromItem(item);
  };
  const named = await find(ciEntity, ids.ciId);
  const asset = await find(assetEntity, ids.assetId ?? named?.value.binding?.assetId);
  const ci = named ?? (await find(ciEntity, asset?.value.binding?.ciId));
  const bindingId = asset?.value.binding?.bindingId;
  const isOne = bindingId !== undefined && ci?.value.binding?.bindingId === bindingId;
  const binding = isOne ? await find(bindingEntity, bindingId) : undefined;
  const isMade = binding?.change !== undefined && isByRun(binding.change, run) && binding.value.validTo === undefined;
  const half = async <T>(entity: Entity<T, string>, live: Stored<T> | undefined) =>
    live === undefined ? undefined : { live, versions: await readVersions(table, run, entity, live) };
  const [ofAsset, ofCi] = [await half(assetEntity, asset), await half(ciEntity, ci)];
  return {
    ...(ofAsset === undefined ? {} : { asset: ofAsset }),
    ...(ofCi === undefined ? {} : { ci: ofCi }),
    ...(isMade ? { binding } : {}),
  };
};

export type UndonePair = { asset?: UndoneThing<Asset>; ci?: UndoneThing<Ci>; writes: Write[] };

/** Asset and CI as they were before the run. A binding that the run made is closed; one that has been changed since stays, and is told. */
export const undoPair = (
  { run, now, change }: Undoing,
  { asset, ci, binding }: Pair,
  open: UndoneEdges['open'],
): UndonePair => {
  const unbind = binding !== undefined;
  const [edge] = open;
  const needed = edge?.change;
  const undo = <T extends Asset | Ci>(half: Half<T> | undefined, by: typeof needed) => {
    if (half === undefined || half.versions.length === 0) return undefined;
    const undone = undoThing(half.versions, run, { unbind, digest, needed: by ?? holding(half, unbind) });
    const traced = tracePart(half.versions, run, (value) => value?.binding);
    if (traced === undefined || unbind || half.live.value.binding === undefined) return undone;
    const { made, was, later } = traced;
    if (sameContent(half.live.value.binding, was) || later === undefined) return undone;
    const id = half.live.value.binding.bindingId;
    return {
      ...undone,
      told: [...undone.told, { entity: 'binding' as const, id, field: 'assetId', made, was, refused: later }],
    };
  };
  const [ofAsset, ofCi] = [undo(asset, undefined), undo(ci, needed)];
  const put = <T>(entity: Entity<T, string>, live: Stored<T>, next: T, type: string): Write[] =>
    sameContent(next, live.value)
      ? []
      : [{ put: entity.toItem(run.tenant, next, live.version + 1, change(type, live)), expect: live.version }];
  const closed = binding === undefined ? [] : [{ ...binding.value, validTo: laterOf(now, binding.value.validFrom) }];
  return {
    ...(ofAsset === undefined ? {} : { asset: ofAsset }),
    ...(ofCi === undefined ? {} : { ci: ofCi }),
    writes: [
      ...(asset === undefined || ofAsset === undefined
        ? []
        : put(assetEntity, asset.live, ofAsset.next, assetChange(asset.live.value, ofAsset.next))),
      ...(ci === undefined || ofCi === undefined ? [] : put(ciEntity, ci.live, ofCi.next, 'CiUpdated')),
      ...closed.flatMap((value) => (binding === undefined ? [] : put(bindingEntity, binding, value, 'AssetUnbound'))),
    ],
  };
};

/** A binding that the run did not make, or that stands changed, keeps the thing. */
const holding = <T extends Asset | Ci>({ live, versions }: Half<T>, unbind: boolean) =>
  unbind || live.value.binding === undefined ? undefined : versions.at(-1)?.change;

const assetChange = (before: Asset, after: Asset): string =>
  before.status === after.status ? 'AssetUpdated' : 'AssetStatusChanged';
