import { type Table, type Write, WriteConflict } from '../store/table.ts';
import { type Group, writesOf } from './staging.ts';

const largestTransaction = 100;
const mostInFlight = 4;

/** `lost` met another writer and must be decided again; `crowded` touch too much together and must be decided fewer at a time. */
export type Flushed = { lost: Set<number>; crowded: Set<number> };

/**
 * Writes the groups of a batch.
 *
 * What creates, claims or binds is written atomically, several groups to a transaction: no reader and no second worker ever sees a
 * claim without its holder. A plain update is written for itself, the source entry last: it is the commit record, and a replay that
 * finds the entity written but not the entry ends in the same state.
 */
export const flush = async (table: Table, groups: readonly Group[]): Promise<Flushed> => {
  const lost = new Set<number>();
  const lose = (group: Group) => {
    for (const record of group.records) lost.add(record);
  };
  const small = groups.filter((group) => group.atomic && fits(group));
  await inFlight(packed(small), async (pack) => {
    if (await written(table, pack.flatMap(writesOf))) return;
    for (const group of pack) if (pack.length === 1 || !(await written(table, writesOf(group)))) lose(group);
  });
  const others = groups.filter((group) => !small.includes(group) && group.writes.size > 0);
  const crowds = others.filter((group) => !fits(group) && group.records.size > 1);
  await inFlight(
    others.filter((group) => !crowds.includes(group)),
    async (group) => {
      const done = group.atomic ? await writtenInParts(table, group) : await writtenInOrder(table, group);
      if (!done) lose(group);
    },
  );
  return { lost, crowded: new Set(crowds.flatMap(({ records }) => [...records])) };
};

/**
 * Groups touch nothing in common: no two of them meet. When one fails, those under way are waited for before that is told, so that nothing
 * is written behind the back of who tries again.
 */
const inFlight = async <T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> => {
  const left = [...all].reverse();
  const worker = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      try {
        await act(one);
      } catch (error) {
        left.length = 0;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(mostInFlight, all.length) }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};

const fits = (group: Group): boolean => group.writes.size <= largestTransaction;

const packed = (groups: readonly Group[]): Group[][] => {
  const packs: Group[][] = [];
  let room = 0;
  for (const group of groups) {
    if (group.writes.size > room) {
      packs.push([]);
      room = largestTransaction;
    }
    packs.at(-1)?.push(group);
    room -= group.writes.size;
  }
  return packs;
};

const written = async (table: Table, writes: readonly Write[]): Promise<boolean> => {
  try {
    await table.transact(writes, { rereads: true });
    return true;
  } catch (error) {
    if (error instanceof WriteConflict) return false;
    throw error;
  }
};

const isDone = ({ done }: { done: boolean }): boolean => done;

/** Entities, then the source entry; only when the entities are done. */
const writtenInOrder = async (table: Table, group: Group): Promise<boolean> => {
  const writes = writesOf(group);
  const entities = await table.writeEach(writes.filter((write) => !isOf(write, 'source entry')));
  if (!entities.every(isDone)) return false;
  return (await table.writeEach(writes.filter((write) => isOf(write, 'source entry')))).every(isDone);
};

/**
 * One record with more claims than a transaction takes (a switch with all its ports): the last of its claims go first, each for
 * itself; all the rest, and the strongest claims, which keep a second worker from making the same thing, in one transaction.
 * A claim whose holder never came names nobody.
 */
const writtenInParts = async (table: Table, group: Group): Promise<boolean> => {
  const writes = writesOf(group);
  const claims = writes.filter((write) => isOf(write, 'claim'));
  const ahead = claims.slice(claims.length - (writes.length - largestTransaction));
  const results = await table.writeEach(ahead);
  return (
    results.every(isDone) &&
    (await written(
      table,
      writes.filter((write) => !ahead.includes(write)),
    ))
  );
};

const isOf = (write: Write, entity: string): boolean => 'put' in write && write.put.e === entity;
