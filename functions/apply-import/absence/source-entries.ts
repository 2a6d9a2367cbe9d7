import type { SourceEntry } from '../../../domain/import/source-index.ts';
import { sourceEntryEntity, sourcePartitions } from '../../plan-import/source-entry.ts';
import { ofTenant, type Stored } from '../../store/entity.ts';
import type { Query, Table } from '../../store/table.ts';

const pageSize = 1000;

/** All entries of one source, read by Query, a page at a time. */
export const sourceEntries = async function* (
  table: Table,
  tenant: string,
  source: string,
): AsyncIterable<Stored<SourceEntry>> {
  for (const partition of sourcePartitions(source)) {
    let after: Query['after'];
    do {
      const page = await table.query({
        pk: ofTenant(tenant, partition),
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      });
      for (const item of page.items) yield sourceEntryEntity.fromItem(item);
      after = page.last;
    } while (after !== undefined);
  }
};
