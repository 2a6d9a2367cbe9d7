import type { Ci } from '../../domain/ci/ci.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { addDifference, countedLists, type Installs, installsOf } from '../../domain/software/installs.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Log } from '../shared/log.ts';
import { markSlot, slotOfProduct, softwareCounterEntity } from '../software/entities.ts';
import { readDetailList } from '../software/read-detail-list.ts';
import type { Table } from '../store/table.ts';
import { type CounterPlace, countDues, type Due } from './count-dues.ts';
import { foldSoftware } from './fold-software.ts';
import { registerProducts } from './register-products.ts';
import type { ShardChange } from './shard-change.ts';
import { groupsOf, type SoftwareMove, softwareMoves } from './software-moves.ts';

export type SoftwareContext = { table: Table; data: ObjectStore; log: Pick<Log, 'error'> };

/** How many numbers are held before they are written. */
const mostNumbers = 300_000;

/**
 * Counts, by product, the live CIs that have it: for each CI whose software lists have changed, both are read from the bucket, where they lie
 * under their content's hash, and the difference is added. After so many numbers they are written, and a mark how far the shard has
 * come: a batch that breaks off goes on there.
 */
export const countSoftware = async (
  context: SoftwareContext,
  shard: string,
  changes: readonly ShardChange[],
): Promise<void> => {
  const moves = softwareMoves(changes);
  const at = changes.map((change) => change.at).reduce(laterOf, '');
  for (const tenant of new Set(moves.map((move) => move.tenant))) {
    const own = moves.filter((move) => move.tenant === tenant);
    await countTenant(context, tenant, { lane: 0, shard, at }, own);
  }
};

const countTenant = async (
  context: SoftwareContext,
  tenant: string,
  place: CounterPlace,
  moves: readonly SoftwareMove[],
): Promise<void> => {
  const { table } = context;
  const item = await table.get(softwareCounterEntity.keyOf(tenant, { ...place, slot: markSlot }), { consistent: true });
  const done = item === undefined ? '' : softwareCounterEntity.fromItem(item).value.last;
  const left = moves.filter(({ sequence }) => sequence > done);
  let batch = emptyBatch();
  const groups = groupsOf(left);
  for (const group of groups) {
    const installs = await Promise.all(
      group.map(async ({ before, after }) => [
        await readInstalls(context, tenant, before),
        await readInstalls(context, tenant, after),
      ]),
    );
    for (const [m, move] of group.entries()) {
      const [before, after] = installs[m] ?? [];
      addDifference(before ?? new Map(), after ?? new Map(), (key, said, by) => {
        if (by === 1) batch.keys.add(key);
        addTo(batch, move, slotOfProduct(key), `${key}|${said}`, by);
      });
      addTo(batch, move, markSlot);
    }
    if (batch.size < mostNumbers && group !== groups.at(-1)) continue;
    await writeBatch(context, tenant, place, batch);
    batch = emptyBatch();
  }
};

type Batch = { dues: Map<string, Due>; keys: Set<string>; size: number };
const emptyBatch = (): Batch => ({ dues: new Map(), keys: new Set(), size: 0 });

const addTo = (batch: Batch, { tenant, sequence }: SoftwareMove, slot: string, name?: string, by = 0): void => {
  const due = batch.dues.get(slot) ?? { tenant, slot, deltas: [] };
  batch.dues.set(slot, due);
  const last = due.deltas.at(-1);
  const delta = last?.sequence === sequence ? last : { sequence, numbers: new Map<string, number>() };
  if (delta !== last) due.deltas.push(delta);
  if (name === undefined) return;
  delta.numbers.set(name, by);
  batch.size += 1;
};

/** Products are known before they are counted, and the mark is set when everything before it is. */
const writeBatch = async (
  { table, log }: SoftwareContext,
  tenant: string,
  place: CounterPlace,
  { dues, keys }: Batch,
): Promise<void> => {
  const onFull = ({ slot }: Due) => log.error('software not counted', { tenant, slot, reason: 'too many products' });
  await registerProducts(table, tenant, keys);
  const all = [...dues.values()];
  for (const some of [all.filter(({ slot }) => slot !== markSlot), all.filter(({ slot }) => slot === markSlot)]) {
    for (const { slot } of await countDues(table, softwareCounterEntity, place, some, onFull))
      await foldSoftware(table, tenant, slot, place);
  }
};

/** What is gone from the bucket or damaged there counts for nothing, and is logged: nothing may keep the stream waiting for good. */
const readInstalls = async (
  { table, data, log }: SoftwareContext,
  tenant: string,
  ci: Ci | undefined,
): Promise<Installs> => {
  const { lists, left } = countedLists(ci);
  if (ci === undefined) return new Map();
  if (left > 0) log.error('software not counted', { tenant, ciId: ci.ciId, lists: left, reason: 'too many entries' });
  const rows: unknown[][] = [];
  for (const list of lists) {
    try {
      rows.push(await readDetailList({ table, data, tenant }, ci, list));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      log.error('software not counted', { tenant, ciId: ci.ciId, reason: error.detail });
    }
  }
  return installsOf(rows.flat());
};
