import type { Relationship } from '../relationship/relationship.ts';
import { orderEnds, relationshipIdOf } from '../relationship/write-relationship.ts';
import type { Digest } from '../shared/id.ts';
import { laterOf } from '../shared/time.ts';
import type { MovedEdge } from './merge.ts';

type Ends = Pick<Relationship, 'relationshipId' | 'type' | 'from' | 'to'>;

/** The edge with one CI in place of another; undefined where it would lead from a CI to itself. */
export const endsAfterMerge = (
  { type, from, to }: Relationship,
  absorbed: string,
  survivor: string,
  digest: Digest,
): Ends | undefined => {
  const [a, b] = [from, to].map((id) => (id === absorbed ? survivor : id)) as [string, string];
  if (a === b) return undefined;
  const ends = orderEnds({ type, from: a, to: b });
  return { relationshipId: relationshipIdOf(ends, digest), ...ends };
};

/**
 * An edge of the absorbed CI, closed, and the one of the survivor in its place: new, opened again, or asserted by more voices.
 * Whoever said so of the absorbed one says so of the survivor: they are one.
 */
export const moveEdge = (
  edge: Relationship,
  ends: Ends | undefined,
  known: Relationship | undefined,
  now: string,
): { closed: Relationship; opened?: Relationship; moved: MovedEdge } => {
  const validTo = laterOf(now, edge.validFrom);
  if (ends === undefined) return { closed: { ...edge, validTo }, moved: { from: edge.relationshipId } };
  const open = known?.validTo === undefined ? known : undefined;
  const attributes = open?.attributes ?? edge.attributes;
  const sources = [...new Set([...(open?.sources ?? []), ...edge.sources])].sort();
  const validFrom = open?.validFrom ?? laterOf(validTo, known?.validTo ?? validTo);
  const opened = { ...ends, sources, validFrom, ...(attributes === undefined ? {} : { attributes }) };
  return {
    closed: { ...edge, validTo, movedTo: ends.relationshipId },
    opened,
    moved: {
      from: edge.relationshipId,
      to: ends.relationshipId,
      ...(open === undefined ? {} : { was: open.sources }),
    },
  };
};

/**
 * A moved edge taken back: it is open again as far as somebody still says so of the survivor's, which keeps the voices that it had before
 * and those that came since. What nobody says any more is closed, and leads back.
 */
export const moveEdgeBack = (
  edge: Relationship,
  present: Relationship | undefined,
  { to, was = [] }: MovedEdge,
  now: string,
): { edge: Relationship; present?: Relationship } => {
  const { movedTo: _movedTo, ...closed } = edge;
  const { validTo: _validTo, ...open } = closed;
  if (to === undefined) return { edge: open };
  if (present === undefined || present.validTo !== undefined) return { edge: closed };
  const back = edge.sources.filter((source) => present.sources.includes(source));
  const kept = present.sources.filter((source) => was.includes(source) || !edge.sources.includes(source));
  return {
    edge: back.length === 0 ? closed : { ...open, sources: back },
    present:
      kept.length > 0
        ? { ...present, sources: kept }
        : { ...present, validTo: laterOf(now, present.validFrom), movedTo: edge.relationshipId },
  };
};
