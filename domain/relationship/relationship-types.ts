import * as z from 'zod';

/**
 * Relationship types as data: each is read from its `from` end ("A runs on B"), `inverse` from the other end.
 * `impact`: which end suffers when the other fails. `from` on B means: when B (the `to` end) fails, A (the `from` end) suffers.
 * Adding a type touches this file only.
 */
export const relationshipTypes = {
  'runs on': { inverse: 'hosts', suffers: 'from' },
  'depends on': { inverse: 'used by', suffers: 'from' },
  'member of': { inverse: 'contains', suffers: 'to' },
  'connected to': { inverse: 'connected to', suffers: 'both' },
  'installed on': { inverse: 'has installed', suffers: 'from' },
  'attached to': { inverse: 'has attached', suffers: 'none' },
  'associated with': { inverse: 'associated with', suffers: 'none' },
} as const satisfies Record<string, { inverse: string; suffers: 'from' | 'to' | 'both' | 'none' }>;

export type RelationshipTypeName = keyof typeof relationshipTypes;

/** The names are those of the words table, with blanks; `runs-on` and `runs_on` are read as `runs on`. */
export const RelationshipType = z
  .preprocess(
    (value) => (typeof value === 'string' ? value.trim().toLowerCase().replaceAll(/[-_]/g, ' ') : value),
    z.enum(Object.keys(relationshipTypes) as [RelationshipTypeName, ...RelationshipTypeName[]]),
  )
  .meta({ id: 'RelationshipType' });
export type RelationshipType = RelationshipTypeName;

/** Types whose two ends are alike: stored once, with the smaller id as `from`. */
export const isSymmetric = (type: RelationshipTypeName): boolean => relationshipTypes[type].inverse === type;
