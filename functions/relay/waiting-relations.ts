import { Change } from '../../domain/shared/change.ts';
import { runEntity } from '../plan-import/entities.ts';
import { openRelationEntity, openRelationPartition } from '../plan-import/open-relation.ts';
import type { ChunkMessage } from '../queue/chunk-queue.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item, Table } from '../store/table.ts';

const mostLookedAt = 1000;

/**
 * A run that made or linked something may have brought the other end that relations of earlier records wait for: their chunks are
 * asked for again. So the relations of an estate do not depend on the order of its files. At most 1,000 that wait are looked at.
 */
export const waitingRelations = async (table: Table, item: Item): Promise<ChunkMessage[]> => {
  if (item.e !== runEntity.name || Change.parse(item.c).type !== 'ImportCompleted') return [];
  const { tenant, counts } = runEntity.fromItem(item).value;
  if (counts.created + counts.linked + counts.updated === 0) return [];
  const { items } = await table.query({ pk: ofTenant(tenant, openRelationPartition), limit: mostLookedAt });
  const chunks = new Map<string, ChunkMessage>();
  for (const one of items) {
    const { runId, chunk } = openRelationEntity.fromItem(one).value;
    chunks.set(`${runId}#${chunk}`, { tenant, runId, phase: 'relations', chunk });
  }
  return [...chunks.values()];
};
