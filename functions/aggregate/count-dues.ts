import { Buffer } from 'node:buffer';
import { addNumbers } from '../../domain/health/tally.ts';
import { laterOf } from '../../domain/shared/time.ts';
import type { HealthCounter } from '../data-health/entities.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { Item, Table, Write } from '../store/table.ts';

const mostRounds = 20;
const sequenceDigits = 40;

/** As counters keep it: text order is the order of the numbers. */
export const paddedSequence = (sequence: string): string => sequence.padStart(sequenceDigits, '0');

/** What records of the stream, each by its padded sequence number, add to one counter. */
export type Due = { tenant: string; slot: string; deltas: { sequence: string; numbers: Map<string, number> }[] };
export type Counters = Entity<HealthCounter, Pick<HealthCounter, 'lane' | 'slot' | 'shard'>>;
export type CounterPlace = Pick<HealthCounter, 'lane' | 'shard' | 'at'>;

/**
 * Counts each record of a shard exactly once, though batches come again, overlap or break off anywhere: a counter item belongs to one shard and
 * keeps the sequence number it has come to, written with the numbers in one conditional put. What lies before that number is left out.
 * Counters are independent of each other, so that a crash between two of them does no harm (performance-and-table-design 6.5).
 * Gives back what the shard counted for the first time.
 */
export const countDues = async (
  table: Table,
  counters: Counters,
  place: CounterPlace,
  dues: readonly Due[],
  onFull: (due: Due) => void = () => {},
): Promise<Due[]> => {
  let waiting = [...dues];
  const begun: Due[] = [];
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round === mostRounds) throw new Error(`${waiting.length} counters lost every race`);
    const keys = waiting.map(({ tenant, slot }) => counters.keyOf(tenant, { ...place, slot }));
    const items = new Map((await table.getMany(keys, { consistent: true })).map((item) => [keyText(item), item]));
    const writes = waiting.flatMap((due, n) => {
      const key = keys[n];
      const item = key === undefined ? undefined : items.get(keyText(key));
      const stored = item === undefined ? undefined : counters.fromItem(item);
      const next = counted(stored, due, place, onFull);
      return next === undefined ? [] : [{ due, write: writeOf(counters, due, stored, next) }];
    });
    const results = await table.writeEach(writes.map(({ write }) => write));
    for (const [n, { due, write }] of writes.entries()) {
      if (results[n]?.done === true && write.expect === 'absent') begun.push(due);
    }
    waiting = writes.flatMap(({ due }, n) => (results[n]?.done === true ? [] : [due]));
  }
  return begun;
};

/** The next state of a counter; nothing when it has counted all of this before. */
const counted = (
  stored: Stored<HealthCounter> | undefined,
  due: Due,
  { lane, shard, at }: CounterPlace,
  onFull: (due: Due) => void,
): HealthCounter | undefined => {
  const { slot, deltas } = due;
  const last = stored?.value.last ?? '';
  const news = deltas.filter(({ sequence }) => sequence > last);
  const newest = news.map(({ sequence }) => sequence).reduce(laterOf, last);
  if (news.length === 0) return undefined;
  const added = news.flatMap((delta) => [...delta.numbers]);
  const known = stored?.value.numbers ?? {};
  const numbers = addNumbers(known, added);
  const next = { lane, shard, at, slot, last: newest };
  if (fits(numbers)) return { ...next, numbers };
  onFull(due);
  const ofKnown = added.filter(([name]) => Object.hasOwn(known, name));
  return { ...next, numbers: addNumbers(known, ofKnown) };
};

/** DynamoDB takes 400 kB; what does not fit would keep the stream waiting for good. */
const mostBytes = 300_000;
const alwaysFit = 200;

/** Can these numbers be one item? One that is full takes no more names; those it has are counted on. */
export const fits = (numbers: HealthCounter['numbers']): boolean =>
  Object.keys(numbers).length <= alwaysFit || Buffer.byteLength(JSON.stringify(numbers)) <= mostBytes;

const writeOf = (
  counters: Counters,
  { tenant }: Due,
  stored: Stored<HealthCounter> | undefined,
  next: HealthCounter,
): Write => ({
  put: counters.toItem(tenant, next, (stored?.version ?? 0) + 1),
  expect: stored?.version ?? 'absent',
});

const keyText = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>): string => `${pk}\n${sk}`;
