import * as z from 'zod';
import { manualSource } from '../reconcile/manual.ts';
import { CiId, childIdFrom, type Digest } from '../shared/id.ts';
import { Problem } from '../shared/problem.ts';
import { laterOf } from '../shared/time.ts';
import { assertEdge } from './asserted.ts';
import { Relationship } from './relationship.ts';
import { isSymmetric, RelationshipType } from './relationship-types.ts';

/** A relationship as the API shows it. */
export const RelationshipView = Relationship.extend({ version: z.int().positive() }).meta({ id: 'Relationship' });
export type RelationshipView = z.infer<typeof RelationshipView>;

export const NewRelationship = z
  .strictObject({ type: RelationshipType, from: CiId, to: CiId })
  .meta({ id: 'NewRelationship' });
export type NewRelationship = z.output<typeof NewRelationship>;

/** The ends in the order they are stored: of a type whose ends are alike, the smaller id first. Throws for an edge to itself. */
export const orderEnds = ({ type, from, to }: NewRelationship): NewRelationship => {
  if (from === to) {
    throw new Problem('unprocessable', 'A CI has no relationship to itself.', {
      errors: [{ pointer: '#/body/to', detail: 'The same CI as `from`.' }],
    });
  }
  return isSymmetric(type) && to < from ? { type, from: to, to: from } : { type, from, to };
};

/** One edge of a type between two CIs has one id, for ever: it is opened, closed and opened again under it. */
export const relationshipIdOf = ({ type, from, to }: NewRelationship, digest: Digest): string =>
  childIdFrom('rel', digest, from, type, to);

/**
 * The edge after a person asserts it: new, opened again, or asserted beside the sources that know it already.
 * Throws `duplicate` when a person asserted it before.
 */
export const relate = (
  ends: NewRelationship,
  relationshipId: string,
  known: Relationship | undefined,
  now: string,
): Relationship => {
  if (known?.validTo === undefined && known?.sources.includes(manualSource)) {
    throw new Problem('duplicate', `${relationshipId} says so already.`);
  }
  return assertEdge(known, { relationshipId, ...ends }, manualSource, laterOf(now, known?.validTo ?? now));
};

/** The closed edge; it is kept. Throws `conflict` when it was closed before. */
export const closeRelationship = (relationship: Relationship, now: string): Relationship => {
  if (relationship.validTo !== undefined) {
    throw new Problem('conflict', `${relationship.relationshipId} was closed at ${relationship.validTo}.`);
  }
  return { ...relationship, validTo: laterOf(now, relationship.validFrom) };
};
