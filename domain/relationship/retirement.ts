import type { Ci } from '../ci/ci.ts';
import { className } from '../ci/class-name.ts';
import { Problem } from '../shared/problem.ts';
import { laterOf } from '../shared/time.ts';
import type { Relationship } from './relationship.ts';
import { type OnRetire, relationshipTypes } from './relationship-types.ts';
import { closeRelationship } from './write-relationship.ts';

/** What retiring one end of an open relationship does, as its type says. What only a retired CI hangs on holds nothing up. */
export const effectOf = (
  edge: Pick<Relationship, 'type' | 'from'>,
  ciId: string,
  isOtherRetired: boolean,
): OnRetire => {
  const effect = relationshipTypes[edge.type].onRetire[edge.from === ciId ? 'from' : 'to'];
  return effect === 'refuse' && isOtherRetired ? 'close' : effect;
};

/** Does the CI at the other end suffer when this one fails? */
export const isDependent = ({ type, from }: Pick<Relationship, 'type' | 'from'>, ciId: string): boolean =>
  relationshipTypes[type].suffers === (from === ciId ? 'to' : 'from');

export const otherEnd = ({ from, to }: Pick<Relationship, 'from' | 'to'>, ciId: string): string =>
  from === ciId ? to : from;

/** The relationship closed together with one of its ends: it opens again when that comes back. */
export const closeWith = (edge: Relationship, ciId: string, at: string): Relationship => ({
  ...closeRelationship(edge, at),
  closedWith: ciId,
});

/** The relationship open again, since its end has come back; not before it was closed. */
export const reopen = ({ validTo, closedWith: _closedWith, ...edge }: Relationship, at: string): Relationship => ({
  ...edge,
  validFrom: laterOf(at, validTo ?? at),
});

const mostTold = 20;

/** Throws `conflict` with the CIs that hang on one that is to be retired, and what can be done about it. */
export const refuseWhileNeeded = (
  ciId: string,
  holding: readonly { edge: Relationship; other: Ci; name: string }[],
): void => {
  if (holding.length === 0) return;
  throw new Problem('conflict', `${holding.length} relationship(s) keep ${ciId} from being retired.`, {
    errors: holding.slice(0, mostTold).map(({ edge, other, name }) => ({
      pointer: '#/body/status',
      detail: `${name} (${className(other)}, ${other.ciId}) ${wordOf(edge, ciId)} it: ${edge.relationshipId}.`,
    })),
    fix: `Move them with POST /cis/${ciId}/replace, or end them with DELETE /relationships/{relationshipId}. GET /cis/${ciId}/dependents lists all.`,
  });
};

const wordOf = ({ type, from }: Relationship, ciId: string): string =>
  from === ciId ? relationshipTypes[type].inverse : type;
