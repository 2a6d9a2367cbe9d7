import { layers } from '../../../domain/map/layer.ts';
import type { ServiceMap } from '../answers.ts';

/** Most boxes beside each other. */
const widest = 9;

/**
 * In which row each box and each group badge stands, from the top: layer below layer, within a layer those that need before those that carry,
 * long rows broken. A badge stands in a row of its own below the box it belongs to.
 */
export const rowsOf = ({
  nodes,
  edges,
  groups,
}: Pick<ServiceMap, 'nodes' | 'edges' | 'groups'>): Map<string, number> => {
  const layer = new Map(nodes.map((node) => [node.id, node.layer]));
  const inside = withoutCycles(edges.filter(({ from, to }) => layer.get(from) === layer.get(to)));
  const steps = longestSteps(
    nodes.map(({ id }) => id),
    inside,
  );
  const badges = new Map<string, string[]>();
  for (const { id, of } of groups) badges.set(of, [...(badges.get(of) ?? []), id]);
  const rows = new Map<string, number>();
  let row = 0;
  for (const band of layers) {
    const ids = nodes.filter((node) => node.layer === band).map(({ id }) => id);
    const deepest = Math.max(-1, ...ids.map((id) => steps.get(id) ?? 0));
    for (let step = 0; step <= deepest; step += 1) {
      for (const part of broken(ids.filter((id) => steps.get(id) === step))) {
        for (const id of part) rows.set(id, row);
        row += 1;
        const below = part.flatMap((id) => badges.get(id) ?? []);
        for (const id of below) rows.set(id, row);
        if (below.length > 0) row += 1;
      }
    }
  }
  return rows;
};

type Step = { from: string; to: string };

/** The edges but for those that would close a circle, in their order. */
const withoutCycles = (edges: readonly Step[]): Step[] => {
  const below = new Map<string, string[]>();
  const leadsTo = (start: string, end: string): boolean => {
    const reached = new Set([start]);
    for (const one of reached) {
      if (one === end) return true;
      for (const next of below.get(one) ?? []) reached.add(next);
    }
    return false;
  };
  return edges.filter(({ from, to }) => {
    if (leadsTo(to, from)) return false;
    below.set(from, [...(below.get(from) ?? []), to]);
    return true;
  });
};

const longestSteps = (ids: readonly string[], edges: readonly Step[]): Map<string, number> => {
  const steps = new Map(ids.map((id) => [id, 0]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to } of edges) {
      const next = (steps.get(from) ?? 0) + 1;
      if (next <= (steps.get(to) ?? 0)) continue;
      steps.set(to, next);
      changed = true;
    }
  }
  return steps;
};

/** In parts of about the same length. */
const broken = (ids: readonly string[]): string[][] => {
  const parts = Math.ceil(ids.length / widest);
  const length = Math.ceil(ids.length / Math.max(1, parts));
  return Array.from({ length: parts }, (_, n) => ids.slice(n * length, (n + 1) * length));
};
