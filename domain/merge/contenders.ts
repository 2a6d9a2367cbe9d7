/** A relationship that wants a place for which there is room for one. `isSaid`: by a person. `seenAt`: when a source saw it, or it began. */
export type Contender = { relationshipId: string; isSaid: boolean; seenAt: string };

/** What a person said goes before what was observed, the later before the earlier; of two alike the one with the larger id. A total order. */
export const moreCredible = (a: Contender, b: Contender): Contender => {
  if (a.isSaid !== b.isSaid) return a.isSaid ? a : b;
  if (a.seenAt !== b.seenAt) return a.seenAt > b.seenAt ? a : b;
  return a.relationshipId >= b.relationshipId ? a : b;
};
