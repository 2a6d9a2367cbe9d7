import type { Asset } from '../../domain/asset/asset.ts';
import type { Binding } from '../../domain/binding/binding.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { StoredMerge } from '../../domain/merge/merge.ts';
import { childIdFrom } from '../../domain/shared/id.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { bindingEntity } from '../bindings/entity.ts';
import { digest } from '../shared/digest.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

type Things = { cis: Ci[]; assets: Asset[] };
type Rebound = Things & { close: { stored: Stored<Binding>; next: Binding }[]; open: Binding[] };

const without = <T extends { binding?: unknown }>(thing: T): T => {
  const { binding: _binding, ...rest } = thing;
  return rest as T;
};

/** The things bound as they were before the merge: a binding of now that was not there then ends, one that ended begins anew. */
export const rebind = async (
  work: UnitOfWork,
  { links }: Pick<StoredMerge, 'links'>,
  things: Things,
  now: string,
): Promise<Rebound> => {
  const isOld = (ciId: string, assetId: string) => links.some((link) => link.ciId === ciId && link.assetId === assetId);
  const bindings = [...things.cis, ...things.assets].flatMap(({ binding }) => binding?.bindingId ?? []);
  const stored = await Promise.all([...new Set(bindings)].map((id) => work.load(bindingEntity, id)));
  const ended = stored.filter(({ value }) => !isOld(value.ciId, value.assetId));
  const isEnded = (id: string | undefined) => ended.some(({ value }) => value.bindingId === id);
  const free = <T extends Ci | Asset>(thing: T): T => (isEnded(thing.binding?.bindingId) ? without(thing) : thing);
  let cis = things.cis.map(free);
  let assets = things.assets.map(free);
  const open: Binding[] = [];
  for (const { ciId, assetId } of links) {
    const ci = cis.find((one) => one.ciId === ciId);
    const asset = assets.find((one) => one.assetId === assetId);
    if (ci === undefined || asset === undefined || ci.binding !== undefined || asset.binding !== undefined) continue;
    const bindingId = childIdFrom('bnd', digest, ciId, assetId, String(asset.bindings));
    open.push({ bindingId, assetId, ciId, validFrom: now });
    cis = cis.map((one) => (one === ci ? { ...ci, binding: { bindingId, assetId, from: now } } : one));
    assets = assets.map((one) =>
      one === asset ? { ...asset, binding: { bindingId, ciId, from: now }, bindings: asset.bindings + 1 } : one,
    );
  }
  const close = ended.map((one) => ({
    stored: one,
    next: { ...one.value, validTo: laterOf(now, one.value.validFrom) },
  }));
  return { cis, assets, close, open };
};
