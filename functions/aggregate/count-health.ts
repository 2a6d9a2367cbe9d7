import { addState, HealthState, type Tally } from '../../domain/health/tally.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { counterEntity, healthStateEntity, laneOf } from '../data-health/entities.ts';
import type { Item, Table } from '../store/table.ts';
import { countDues, type Due, paddedSequence } from './count-dues.ts';
import { foldClosedShards } from './fold-shards.ts';
import type { ShardChange } from './shard-change.ts';

/** Counts what the stored health of records adds up to, each record of the stream once. */
export const countHealth = async (table: Table, shard: string, changes: readonly ShardChange[]): Promise<void> => {
  const at = changes.map((change) => change.at).reduce(laterOf, '');
  const lane = laneOf(shard);
  const begun = await countDues(table, counterEntity, { lane, shard, at }, dueOf(changes));
  for (const tenant of new Set(begun.map((due) => due.tenant)))
    await foldClosedShards(table, { tenant, lane, shard, at });
};

const dueOf = (changes: readonly ShardChange[]): Due[] => {
  const found = new Map<string, Due>();
  for (const { sequence, before, after } of changes) {
    const item = after ?? before;
    if (item?.e !== healthStateEntity.name) continue;
    const tenant = item.pk.slice(0, item.pk.indexOf('#'));
    const tally: Tally = new Map();
    addState(tally, stateIn(after), 1);
    addState(tally, stateIn(before), -1);
    for (const [slot, numbers] of tally) {
      const name = `${tenant} ${slot}`;
      const due = found.get(name) ?? { tenant, slot, deltas: [] };
      found.set(name, due);
      due.deltas.push({ sequence: paddedSequence(sequence), numbers });
    }
  }
  return [...found.values()];
};

/** An image that is no health counts for nothing, both when it comes and when it goes. */
const stateIn = (item: Item | undefined): HealthState | undefined => HealthState.safeParse(item?.d).data;
