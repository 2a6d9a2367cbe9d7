import { EdgeSlot } from '../../domain/relationship/cardinality.ts';
import { Relationship } from '../../domain/relationship/relationship.ts';
import { parentCiOf } from '../../domain/shared/id.ts';
import { defineEntity } from '../store/entity.ts';

/** Sort keys of edges, beside the CI they lead from and, in the inverse index, the CI they lead to. */
export const outwardPrefix = '>#';
export const inwardPrefix = '<#';

export const relationshipEntity = defineEntity<Relationship, string>({
  name: 'relationship',
  schema: Relationship,
  tracked: true,
  id: ({ relationshipId }) => relationshipId,
  key: (relationshipId) => ({ pk: parentCiOf(relationshipId), sk: `${outwardPrefix}${relationshipId}` }),
  indexes: ({ to, type, from }) => ({ inverse: { pk: to, sk: `${inwardPrefix}${type}#${from}` } }),
  movedTo: ({ movedTo }) => movedTo,
  chart: 'an edge, beside the CI it leads from; found from its other end too',
});

export const edgeSlotEntity = defineEntity<EdgeSlot, Pick<EdgeSlot, 'ciId' | 'type'>>({
  name: 'edge slot',
  schema: EdgeSlot,
  tracked: false,
  id: ({ ciId, type }) => ({ ciId, type }),
  key: ({ ciId, type }) => ({ pk: ciId, sk: `L#${type}` }),
  chart: 'the relationship that took the one place a CI has for its type: where two writers meet',
});
