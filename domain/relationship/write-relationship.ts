import * as z from 'zod';
import { manualSource } from '../reconcile/manual.ts';
import { sameContent } from '../shared/canonical.ts';
import { CiId, childIdFrom, type Digest } from '../shared/id.ts';
import { Problem } from '../shared/problem.ts';
import { laterOf } from '../shared/time.ts';
import { assertEdge } from './asserted.ts';
import { EdgeAttributes } from './edge-attributes.ts';
import { Relationship } from './relationship.ts';
import { isSymmetric, RelationshipWord, relationshipTypes, typeOf } from './relationship-types.ts';

/** A relationship as the API shows it. */
export const RelationshipView = Relationship.extend({ version: z.int().positive() }).meta({ id: 'Relationship' });
export type RelationshipView = z.infer<typeof RelationshipView>;

/**
 * What a person asserts, said from either end: `A runs on B` or `B hosts A`. `replace`: an open one that leaves no room for it is closed
 * in the same act.
 */
export const NewRelationship = z
  .strictObject({
    type: RelationshipWord,
    from: CiId,
    to: CiId,
    attributes: EdgeAttributes.optional(),
    replace: z.boolean().optional(),
  })
  .meta({ id: 'NewRelationship' });
export type NewRelationship = z.output<typeof NewRelationship>;

/** An edge as it is stored, beside what is asserted of it. */
export type Ends = Pick<Relationship, 'type' | 'from' | 'to'> & { attributes?: EdgeAttributes | undefined };

/** The edge that is meant: a type named from its other end is turned round. */
export const endsOf = ({ type: word, from, to, attributes }: NewRelationship): Ends => {
  const { type, turned } = typeOf(word);
  const ends = turned ? { from: to, to: from } : { from, to };
  return orderEnds({ type, ...ends, ...(attributes === undefined ? {} : { attributes }) });
};

/**
 * The ends in the order they are stored: of a type whose ends are alike, the smaller id first. Throws `unprocessable` for an edge to
 * itself, and for a redundancy group on a type that tells of no end that it suffers.
 */
export const orderEnds = ({ type, from, to, ...rest }: Ends): Ends => {
  if (from === to) {
    throw new Problem('unprocessable', 'A CI has no relationship to itself.', {
      errors: [{ pointer: '#/body/to', detail: 'The same CI as `from`.' }],
    });
  }
  const { suffers } = relationshipTypes[type];
  if (rest.attributes !== undefined && suffers !== 'from' && suffers !== 'to') {
    throw new Problem('unprocessable', `'${type}' does not say which end needs the other.`, {
      errors: [{ pointer: '#/body/attributes', detail: 'A redundancy group needs an end that suffers.' }],
    });
  }
  return isSymmetric(type) && to < from ? { type, from: to, to: from, ...rest } : { type, from, to, ...rest };
};

/** One edge of a type between two CIs has one id, for ever: it is opened, closed and opened again under it. */
export const relationshipIdOf = ({ type, from, to }: Pick<Ends, 'type' | 'from' | 'to'>, digest: Digest): string =>
  childIdFrom('rel', digest, from, type, to);

/**
 * The edge after a person asserts it: new, opened again, or asserted beside the sources that know it already.
 * Attributes given with it replace those it has. Throws `duplicate` when a person asserted just that before.
 */
export const relate = (
  ends: Ends,
  relationshipId: string,
  known: Relationship | undefined,
  now: string,
): Relationship => {
  const { attributes, ...edge } = ends;
  const says = attributes === undefined || sameContent(attributes, known?.attributes);
  if (known?.validTo === undefined && known?.sources.includes(manualSource) && says) {
    throw new Problem('duplicate', `${relationshipId} says so already.`);
  }
  const next = assertEdge(known, { relationshipId, ...edge }, manualSource, laterOf(now, known?.validTo ?? now));
  return attributes === undefined ? next : { ...next, attributes };
};

/** The closed edge; it is kept. Throws `conflict` when it was closed before. */
export const closeRelationship = (relationship: Relationship, now: string): Relationship => {
  if (relationship.validTo !== undefined) {
    throw new Problem('conflict', `${relationship.relationshipId} was closed at ${relationship.validTo}.`);
  }
  return { ...relationship, validTo: laterOf(now, relationship.validFrom) };
};
