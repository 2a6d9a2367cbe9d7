import { slotPartition, softwareCounterEntity } from '../software/entities.ts';
import { ofTenant } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import type { CounterPlace } from './count-dues.ts';
import { foldPartition } from './fold-shards.ts';

/** A slot is a partition of its own: whoever begins to count in it takes along what closed shards have left there. */
export const foldSoftware = (table: Table, tenant: string, slot: string, place: CounterPlace): Promise<void> =>
  foldPartition(table, softwareCounterEntity, ofTenant(tenant, slotPartition(slot)), { tenant, ...place });
