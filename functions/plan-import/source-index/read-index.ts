import { ofTenant } from '../../store/entity.ts';
import type { Query, Table } from '../../store/table.ts';
import { sourcePartitions } from '../source-entry.ts';
import { type EntryTable, entryTable } from './entry-table.ts';
import { leanEntry } from './packed-entry.ts';

/** Partitions read at once, and entries of a page: together they bound what is held of answers. */
const atOnce = 4;
const pageSize = 400;
/** What the indexes of sources were measured to hold per entry, and what one unit reads. */
const bytesPerEntry = 350;
const bytesPerUnit = 8192;
const unitsPerGet = 0.5;

export type SourceName = { tenant: string; source: string };

/**
 * Is reading the whole index cheaper than asking for the rest of the file record by record? A query is charged for the bytes it goes
 * through, and half a unit at least for each partition. The first partition tells for all.
 */
export const isWorthReading = async (table: Table, { tenant, source }: SourceName, rest: number): Promise<boolean> => {
  const partitions = sourcePartitions(source);
  const least = partitions.length * unitsPerGet;
  if (rest * unitsPerGet <= least) return false;
  const pk = ofTenant(tenant, partitions[0] ?? '');
  const { items, last } = await table.query({ pk, limit: pageSize, only: ['sk'] });
  if (last !== undefined && rest < pageSize * partitions.length) return false;
  const entries = items.length * partitions.length;
  return rest * unitsPerGet > Math.max(least, (entries * bytesPerEntry) / bytesPerUnit);
};

/** Reads all entries of a source into a table: every partition by query, several at once. */
export const readIndex = async (table: Table, { tenant, source }: SourceName): Promise<EntryTable> => {
  const entries = entryTable();
  const waiting = sourcePartitions(source).map((partition) => ofTenant(tenant, partition));
  const readOne = async (pk: string): Promise<void> => {
    let after: Query['after'];
    do {
      const query: Query = { pk, limit: pageSize, only: ['sk', 'd'], ...(after === undefined ? {} : { after }) };
      const page = await table.query(query);
      for (const { sk, d } of page.items) entries.add(leanEntry(d, { pk, sk }));
      after = page.last;
    } while (after !== undefined);
  };
  const worker = async () => {
    for (let pk = waiting.shift(); pk !== undefined; pk = waiting.shift()) await readOne(pk);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return entries;
};
