import { adjacencyEntity } from '../../../functions/graph/entity.ts';
import { pageOf, pageRoom } from '../../../functions/graph/pages.ts';
import type { Item } from '../../../functions/store/table.ts';

export const benchTenant = 'bench';

/** From the ground up: sites, network, hosts, machines, applications, services; the rest of a graph are services. */
const layers = [0.001, 0.01, 0.05, 0.2, 0.33];
const edgesEach = 3;

/** A graph as two arrays: the CIs that suffer with CI n are `dependants[starts[n]] ... dependants[starts[n + 1] - 1]`. */
export type Estate = { size: number; starts: Uint32Array; dependants: Uint32Array };

/** 100 CIs that are the same in every graph, whatever its size: a root, 9 below it, 10 below each of those. */
export const planted = 100;

/**
 * A layered graph of `size` CIs, always the same for one size: each CI depends on three of the layer below, chosen with a skew (the
 * cube of an even random number), so that a few carry very many. The planted hundred stand beside it and have no other dependants.
 */
export const growEstate = (size: number): Estate => {
  const random = generator(size);
  const edges: [carrier: number, dependant: number][] = plantedEdges();
  let [below, from] = [planted, planted + Math.ceil(size * (layers[0] ?? 0))];
  for (let layer = 1; layer <= layers.length; layer += 1) {
    const to = layer === layers.length ? size : Math.min(size, from + Math.ceil(size * (layers[layer] ?? 0)));
    for (let n = from; n < to; n += 1) {
      const chosen = new Set<number>();
      while (chosen.size < Math.min(edgesEach, from - below))
        chosen.add(below + Math.floor((from - below) * random() ** 3));
      for (const carrier of chosen) edges.push([carrier, n]);
    }
    [below, from] = [from, to];
  }
  const starts = new Uint32Array(size + 1);
  for (const [carrier] of edges) starts[carrier + 1] = (starts[carrier + 1] ?? 0) + 1;
  for (let n = 0; n < size; n += 1) starts[n + 1] = (starts[n + 1] ?? 0) + (starts[n] ?? 0);
  const next = starts.slice();
  const dependants = new Uint32Array(edges.length);
  for (const [carrier, dependant] of edges) {
    const place = next[carrier] ?? 0;
    dependants[place] = dependant;
    next[carrier] = place + 1;
  }
  return { size, starts, dependants };
};

const plantedEdges = (): [number, number][] =>
  Array.from({ length: planted - 1 }, (_, n) => [n < 9 ? 0 : 1 + Math.floor((n - 9) / 10), n + 1]);

export const dependantsOf = ({ starts, dependants }: Estate, n: number): Uint32Array =>
  dependants.subarray(starts[n] ?? 0, starts[n + 1] ?? 0);

/** How many CIs there are on each level below CI `root`, itself included, as far as `depth` or until there are more than `most`. */
export const levelsBelow = (estate: Estate, root: number, depth: number, most: number): number[] => {
  const seen = new Set([root]);
  const levels = [1];
  for (let level = [root]; levels.length <= depth && seen.size <= most; ) {
    level = level.flatMap((n) => [...dependantsOf(estate, n)].filter((one) => !seen.has(one) && seen.add(one)));
    if (level.length === 0) break;
    levels.push(level.length);
  }
  return levels;
};

/** The pages of what suffers with CI n, as the relay would have written them. */
export const pagesOf = (estate: Estate, n: number): Item[] => {
  const ciId = benchId(n);
  const links = [...dependantsOf(estate, n)].map((dependant) => {
    const neighbour = benchId(dependant);
    const relationshipId = `rel_${neighbour.slice(3)}_${ciId.slice(3, 15)}`;
    return { neighbour, relationshipId, type: 'depends on' as const, outward: false, version: 1 };
  });
  for (let pages = 1; ; pages += Math.max(1, Math.floor(pages / 8))) {
    const shelf = Array.from({ length: pages }, (): typeof links => []);
    for (const link of links) shelf[pageOf(link.neighbour, pages)]?.push(link);
    if (shelf.some((one) => one.length > pageRoom)) continue;
    return shelf.map((own, page) => {
      const card = page === 0 ? { card: { name: `bench ${n}`, class: 'server' as const } } : {};
      return adjacencyEntity.toItem(benchTenant, { ciId, way: 'down', page, pages, ...card, links: own }, 1);
    });
  }
};

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** The id of CI n: 26 characters, spread evenly. */
export const benchId = (n: number): string => {
  const random = generator(n + 1);
  return `ci_${Array.from({ length: 26 }, () => alphabet[Math.floor(random() * 32)]).join('')}`;
};

/** Mulberry32: even random numbers from 0 to 1, always the same for one seed. */
const generator = (seed: number) => {
  let state = Math.imul(seed, 0x9e3779b1);
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
