import type { RawRelation } from '../../domain/discovery/record.ts';
import type { Identifier } from '../../domain/identity/identifier.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { isSymmetric } from '../../domain/relationship/relationship-types.ts';
import { childIdFrom } from '../../domain/shared/id.ts';
import { digest } from '../shared/digest.ts';
import { candidatesOf, pairOf, type State } from './state.ts';

type Edge = Pick<Relationship, 'relationshipId' | 'type' | 'from' | 'to'>;

/** The edge that a relation of a CI to another one stands for; none to nothing or to itself. */
export const edgeOf = (relation: RawRelation, ciId: string, target: string | undefined): Edge[] => {
  if (target === undefined || target === ciId) return [];
  const ends = relation.direction === 'out' ? [ciId, target] : [target, ciId];
  const [from, to] = (isSymmetric(relation.type) ? ends.sort() : ends) as [string, string];
  return [{ relationshipId: childIdFrom('rel', digest, from, relation.type, to), type: relation.type, from, to }];
};

/** The CI at the other end: by the file's own name for it, or by identifiers when exactly one CI holds them. */
export const targetOf = (relation: RawRelation, state: State, source: string): string | undefined => {
  if (relation.record !== undefined) {
    const entry = state.entries.get(relation.record);
    return entry === undefined ? undefined : pairOf(state, entry.value).ci?.ciId;
  }
  const found = candidatesOf(state, identifiersOf(relation, source)).flatMap(({ device }) => device.ciId ?? []);
  return new Set(found).size === 1 ? found[0] : undefined;
};

export const identifiersOf = ({ identifiers = [] }: RawRelation, source: string): Identifier[] =>
  normaliseIdentifiers({ identifiers, nature: 'unknown' }, source);
