import type { EdgeAttributes } from '../relationship/edge-attributes.ts';
import { type RelationshipType, relationshipTypes } from '../relationship/relationship-types.ts';

/** Downstream: what suffers if this fails. Upstream: what this needs. */
export type Direction = 'downstream' | 'upstream';

/** An open relationship seen from one of its ends: `outward` when that end is its `from`. */
export type Link = {
  neighbour: string;
  relationshipId: string;
  type: RelationshipType;
  outward: boolean;
  attributes?: EdgeAttributes | undefined;
};

/** What a walk shows of a CI without reading the CI itself; `mergedInto` is not shown, it leads a reader on. */
export type Card = { name: string; class: string; assetId?: string | undefined; mergedInto?: string | undefined };

/** One CI with all its links in one direction. A CI without links, or one that does not exist, has none; `card` may be missing. */
export type Surroundings = { ciId: string; card?: Card | undefined; links: readonly Link[] };

/**
 * Where a walk gets its edges: the surroundings of each of `ids`, in the same order. The relay's pages answer it as of now;
 * whatever else answers it (history, a test's own graph) can be walked in the same way.
 */
export type Neighbours = (ids: readonly string[], direction: Direction) => Promise<Surroundings[]>;

type Ends = { type: RelationshipType; from: string; to: string };

/** The ways a failure can travel along an edge: from the CI that carries to the one that depends on it. None, one or both. */
export const failurePaths = ({ type, from, to }: Ends): { carrier: string; dependant: string }[] => {
  const { suffers } = relationshipTypes[type];
  return [
    ...(suffers === 'from' || suffers === 'both' ? [{ carrier: to, dependant: from }] : []),
    ...(suffers === 'to' || suffers === 'both' ? [{ carrier: from, dependant: to }] : []),
  ];
};

/** A failure travels both ways: neither end is known to need the other, so that the edge degrades and never fails. */
export const goesBothWays = (type: RelationshipType): boolean => relationshipTypes[type].suffers === 'both';

/** The relationship that a link of `ciId` stands for. */
export const endsOf = (ciId: string, { neighbour, outward }: Pick<Link, 'neighbour' | 'outward'>) =>
  outward ? { from: ciId, to: neighbour } : { from: neighbour, to: ciId };
