import { addNumbers, addState, HealthState, type Tally } from '../../domain/health/tally.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { counterEntity, type HealthCounter, healthStateEntity, laneOf } from '../data-health/entities.ts';
import type { Stored } from '../store/entity.ts';
import type { Item, Table, Write } from '../store/table.ts';
import { foldClosedShards } from './fold-shards.ts';
import type { ShardChange } from './shard-change.ts';

const mostRounds = 20;
const sequenceDigits = 40;

/** What one record of the stream adds to one counter. */
type Delta = { sequence: string; numbers: Map<string, number> };
type Due = { tenant: string; slot: string; deltas: Delta[] };

/**
 * Counts each record of a shard exactly once, though batches come again, overlap or break off anywhere: a counter item belongs to one shard and
 * keeps the sequence number it has come to, written with the numbers in one conditional put. What lies before that number is left out.
 * Counters are independent of each other, so that a crash between two of them does no harm (performance-and-table-design 6.5).
 */
export const countHealth = async (table: Table, shard: string, changes: readonly ShardChange[]): Promise<void> => {
  let waiting = dueOf(changes);
  const at = changes.map((change) => change.at).reduce(laterOf, '');
  const lane = laneOf(shard);
  const begun = new Set<string>();
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round === mostRounds) throw new Error(`${waiting.length} counters lost every race`);
    const keys = waiting.map(({ tenant, slot }) => counterEntity.keyOf(tenant, { lane, slot, shard }));
    const items = new Map((await table.getMany(keys, { consistent: true })).map((item) => [keyText(item), item]));
    const writes = waiting.flatMap((due, n) => {
      const key = keys[n];
      const item = key === undefined ? undefined : items.get(keyText(key));
      const stored = item === undefined ? undefined : counterEntity.fromItem(item);
      const next = counted(stored, due, { lane, shard, at });
      return next === undefined ? [] : [{ due, write: writeOf(due, stored, next) }];
    });
    const results = await table.writeEach(writes.map(({ write }) => write));
    for (const [n, { due, write }] of writes.entries()) {
      if (results[n]?.done === true && write.expect === 'absent') begun.add(due.tenant);
    }
    waiting = writes.flatMap(({ due }, n) => (results[n]?.done === true ? [] : [due]));
  }
  for (const tenant of begun) await foldClosedShards(table, { tenant, lane, shard, at });
};

/** The next state of a counter; nothing when it has counted all of this before. */
const counted = (
  stored: Stored<HealthCounter> | undefined,
  { slot, deltas }: Due,
  place: Pick<HealthCounter, 'lane' | 'shard' | 'at'>,
): HealthCounter | undefined => {
  const last = stored?.value.last ?? '';
  const news = deltas.filter(({ sequence }) => sequence > last);
  const newest = news.map(({ sequence }) => sequence).reduce(laterOf, last);
  if (news.length === 0) return undefined;
  const numbers = addNumbers(
    stored?.value.numbers ?? {},
    news.flatMap((delta) => [...delta.numbers]),
  );
  return { ...place, slot, last: newest, numbers };
};

const writeOf = ({ tenant }: Due, stored: Stored<HealthCounter> | undefined, next: HealthCounter): Write => ({
  put: counterEntity.toItem(tenant, next, (stored?.version ?? 0) + 1),
  expect: stored?.version ?? 'absent',
});

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
      due.deltas.push({ sequence: sequence.padStart(sequenceDigits, '0'), numbers });
    }
  }
  return [...found.values()];
};

/** An image that is no health counts for nothing, both when it comes and when it goes. */
const stateIn = (item: Item | undefined): HealthState | undefined => HealthState.safeParse(item?.d).data;

const keyText = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>): string => `${pk}\n${sk}`;
