import type { Relationship } from './relationship.ts';

type Edge = Pick<Relationship, 'relationshipId' | 'type' | 'from' | 'to'>;

/** A source says the edge is there: a new edge, one more voice for an open one, or a closed one that opens again. */
export const assertEdge = (known: Relationship | undefined, edge: Edge, source: string, now: string): Relationship => {
  if (known === undefined || known.validTo !== undefined) return { ...edge, sources: [source], validFrom: now };
  return known.sources.includes(source) ? known : { ...known, sources: [...known.sources, source].sort() };
};

/** A source no longer says so. The last one to let go closes the edge; what a person made stays until a person closes it. */
export const releaseEdge = (known: Relationship, source: string, now: string): Relationship => {
  if (known.validTo !== undefined || !known.sources.includes(source)) return known;
  const sources = known.sources.filter((one) => one !== source);
  return sources.length > 0 ? { ...known, sources } : { ...known, sources: [source], validTo: now };
};
