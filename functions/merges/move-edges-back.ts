import type { MovedEdge } from '../../domain/merge/merge.ts';
import { moveEdgeBack } from '../../domain/merge/move-edge.ts';
import { relationshipEntity } from '../relationships/entity.ts';
import { latestOf, type UnitOfWork } from '../store/unit-of-work.ts';

/** Stages that moved edges lead from and to the one they led from and to before. Gives how many. */
export const moveEdgesBack = async (
  work: UnitOfWork,
  edges: readonly MovedEdge[],
  { at, reason }: { at: string; reason?: string | undefined },
): Promise<number> => {
  const moved = await Promise.all(
    edges.map(async (one) => {
      const edge = await work.find(relationshipEntity, one.from);
      const present = one.to === undefined ? undefined : await work.find(relationshipEntity, one.to);
      if (edge?.value.validTo === undefined) return false;
      const back = moveEdgeBack(edge.value, present?.value, one, latestOf(at, edge, present));
      const reopened = back.edge.validTo === undefined;
      const by = (type: string) => ({ type, at, reason });
      work.replace(relationshipEntity, edge, back.edge, by(reopened ? 'RelationshipCreated' : 'RelationshipUpdated'));
      if (present !== undefined && back.present !== undefined) {
        const isClosed = back.present.validTo !== undefined;
        work.replace(
          relationshipEntity,
          present,
          back.present,
          by(isClosed ? 'RelationshipClosed' : 'RelationshipUpdated'),
        );
      }
      return reopened;
    }),
  );
  return moved.filter(Boolean).length;
};
