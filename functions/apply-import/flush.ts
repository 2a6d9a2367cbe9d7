import { type Table, WriteConflict } from '../store/table.ts';
import { type Group, writesOf } from './staging.ts';

const largestTransaction = 100;

/**
 * Writes the groups of a batch and returns the records that lost a race and must be decided again on fresh state.
 *
 * What creates, claims or binds is written atomically, several groups to a transaction: no reader and no second worker ever sees a
 * claim without its holder. A plain update is written for itself, the source entry last: it is the commit record, and a replay that
 * finds the entity written but not the entry ends in the same state.
 */
export const flush = async (table: Table, groups: readonly Group[]): Promise<Set<number>> => {
  const lost = new Set<number>();
  const lose = (group: Group) => {
    for (const record of group.records) lost.add(record);
  };
  const small = groups.filter((group) => group.atomic && group.writes.size <= largestTransaction);
  for (const pack of packed(small)) {
    if (await written(table, pack)) continue;
    for (const group of pack) if (pack.length === 1 || !(await written(table, [group]))) lose(group);
  }
  for (const group of groups) {
    if (small.includes(group) || group.writes.size === 0) continue;
    if (!(await writtenInOrder(table, group))) lose(group);
  }
  return lost;
};

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

const written = async (table: Table, groups: readonly Group[]): Promise<boolean> => {
  try {
    await table.transact(groups.flatMap(writesOf));
    return true;
  } catch (error) {
    if (error instanceof WriteConflict) return false;
    throw error;
  }
};

/** Claims, then entities, then the source entry; the next step only when the one before was done. */
const writtenInOrder = async (table: Table, group: Group): Promise<boolean> => {
  const steps = [['claim'], ['asset', 'ci', 'binding'], ['source entry']];
  for (const names of steps) {
    const results = await table.writeEach(
      writesOf(group).filter((write) => 'put' in write && names.includes(write.put.e)),
    );
    if (results.some(({ done }) => !done)) return false;
  }
  return true;
};
