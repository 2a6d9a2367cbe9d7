import { toHistory } from '../../functions/store/history.ts';
import type { Item, Table, Write } from '../../functions/store/table.ts';

/** A table whose relay never lags: the history of a new version is there as soon as the version is. */
export const withHistory = <T extends Table>(table: T): T => {
  const relay = async (writes: readonly Write[]) => {
    const versions = writes.flatMap((write) => ('put' in write && isTracked(write.put) ? [write.put] : []));
    await table.writeEach(versions.map((item) => ({ put: toHistory(item, atOf(item)), expect: 'any' as const })));
  };
  return {
    ...table,
    transact: async (writes) => {
      await table.transact(writes);
      await relay(writes);
    },
    writeEach: async (writes) => {
      const results = await table.writeEach(writes);
      await relay(writes.filter((_, n) => results[n]?.done === true));
      return results;
    },
  };
};

const isTracked = (item: Item): boolean => item.c !== undefined && item.e !== 'history';

const atOf = (item: Item): string => (item.c as { at: string }).at;
