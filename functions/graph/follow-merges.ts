import type { Link, Neighbours, Surroundings } from '../../domain/graph/link.ts';

/**
 * While a large merge is on its way, edges that still name the absorbed CI (`leading`: where it leads) are seen at the survivor. `leading` is
 * asked beside the first reads, once for a walk; as a rule there are none.
 */
export const followMerges = (
  neighbours: Neighbours,
  leading: () => Promise<ReadonlyMap<string, string>>,
): Neighbours => {
  let asked: Promise<ReadonlyMap<string, string>> | undefined;
  return async (ids, direction) => {
    asked ??= leading();
    const [found, to] = await Promise.all([neighbours(ids, direction), asked]);
    if (to.size === 0) return found;
    const absorbed = [...to].filter(([, survivor]) => ids.includes(survivor)).map(([ciId]) => ciId);
    const more = absorbed.length === 0 ? [] : await neighbours(absorbed, direction);
    return found.map(({ links, ...one }): Surroundings => {
      const late = more.filter(({ ciId }) => to.get(ciId) === one.ciId).flatMap((other) => other.links);
      return { ...one, links: atSurvivors(one.ciId, [...links, ...late], to) };
    });
  };
};

/** Two edges that have become one are seen once. */
const atSurvivors = (ciId: string, links: readonly Link[], to: ReadonlyMap<string, string>): Link[] => {
  const seen = new Map<string, Link>();
  for (const link of links) {
    const neighbour = to.get(link.neighbour) ?? link.neighbour;
    const name = `${link.type} ${link.outward} ${neighbour}`;
    if (neighbour !== ciId && (!seen.has(name) || link.neighbour === neighbour)) seen.set(name, { ...link, neighbour });
  }
  return [...seen.values()];
};
