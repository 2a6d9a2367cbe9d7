import type { MovedEdge } from '../../domain/merge/merge.ts';
import { moveEdgeBack } from '../../domain/merge/move-edge.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { relationshipTypes } from '../../domain/relationship/relationship-types.ts';
import { edgeSlotEntity, relationshipEntity } from '../relationships/entity.ts';
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
      if (edge?.value.validTo === undefined) return undefined;
      const when = latestOf(at, edge, present);
      const back = moveEdgeBack(edge.value, present?.value, one, when);
      const reopened = back.edge.validTo === undefined;
      const by = (type: string) => ({ type, at: when, reason });
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
      return reopened ? { edge: back.edge, from: one.to } : undefined;
    }),
  );
  const reopened = moved.filter((one) => one !== undefined);
  await givePlacesBack(work, reopened);
  return reopened.length;
};

/** Where there is room for one, what is open again has the place. */
const givePlacesBack = async (
  work: UnitOfWork,
  reopened: readonly { edge: Relationship; from: string | undefined }[],
): Promise<void> => {
  const narrow = reopened.filter(({ edge }) => relationshipTypes[edge.type].oneFrom.length > 0);
  const places = new Map(narrow.map((one) => [`${one.edge.from} ${one.edge.type}`, one]));
  for (const { edge, from: left } of places.values()) {
    const { from, type, relationshipId } = edge;
    const slot = await work.find(edgeSlotEntity, { ciId: from, type });
    if (slot === undefined || slot.value.relationshipId === relationshipId) continue;
    const observedAt = slot.value.relationshipId === left ? slot.value.observedAt : undefined;
    const next = { ciId: from, type, relationshipId, ...(observedAt === undefined ? {} : { observedAt }) };
    work.stage({ put: edgeSlotEntity.toItem(work.author.tenant, next, slot.version + 1), expect: slot.version });
  }
};
