import { type RelationshipType, relationshipTypes } from '../../domain/relationship/relationship-types.ts';
import type { TestEdge } from './graph-world.ts';

type Step = { source: string; target: string; edge: TestEdge };

type Asked = {
  roots: readonly string[];
  direction: 'downstream' | 'upstream';
  depth: number;
  types?: readonly RelationshipType[] | undefined;
};

/**
 * What a walk must say, worked out the slow way and without any of its code: depths by relaxing every edge until nothing changes, failures
 * by asking every CI again until nobody else fails.
 */
export const oracle = (edges: readonly TestEdge[], { roots, direction, depth, types }: Asked) => {
  const kept = edges.filter(({ type }) => types === undefined || types.includes(type));
  const steps = kept.flatMap((edge) => stepsAlong(edge, direction));
  const depths = relax(steps, roots);
  const reached = [...depths].filter(([ciId, d]) => d <= depth && !roots.includes(ciId));
  const within = new Set([...reached.map(([ciId]) => ciId), ...roots]);
  const walked = steps.filter(({ source, target }) => within.has(source) && within.has(target));
  return {
    depths: new Map(reached),
    edges: new Set(walked.map(({ edge }) => edge.relationshipId)),
    isTruncated: [...depths.values()].some((d) => d > depth),
    failed: failing(walked, kept, roots),
  };
};

const stepsAlong = (edge: TestEdge, direction: 'downstream' | 'upstream'): Step[] => {
  const { suffers } = relationshipTypes[edge.type];
  const down: Step[] = [];
  if (suffers === 'from' || suffers === 'both') down.push({ source: edge.to, target: edge.from, edge });
  if (suffers === 'to' || suffers === 'both') down.push({ source: edge.from, target: edge.to, edge });
  return direction === 'downstream'
    ? down
    : down.map(({ source, target }) => ({ source: target, target: source, edge }));
};

const relax = (steps: readonly Step[], roots: readonly string[]): Map<string, number> => {
  const depths = new Map(roots.map((root) => [root, 0]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { source, target } of steps) {
      const next = (depths.get(source) ?? Number.POSITIVE_INFINITY) + 1;
      if (next >= (depths.get(target) ?? Number.POSITIVE_INFINITY)) continue;
      depths.set(target, next);
      changed = true;
    }
  }
  return depths;
};

const failing = (walked: readonly Step[], all: readonly TestEdge[], roots: readonly string[]): Set<string> => {
  const failed = new Set(roots);
  const hard = walked.filter(({ edge }) => relationshipTypes[edge.type].suffers !== 'both');
  const fails = (ciId: string): boolean =>
    hard.some(({ source, target, edge }) => {
      if (target !== ciId || !failed.has(source)) return false;
      if (edge.attributes === undefined) return true;
      const { group } = edge.attributes;
      const own = all.filter((one) => one.attributes?.group === group && dependantOf(one) === ciId);
      const members = new Set(own.map(carrierOf));
      const isLost = (member: string) =>
        failed.has(member) &&
        hard.some((step) => step.target === ciId && step.source === member && step.edge.attributes?.group === group);
      const left = [...members].filter((member) => !isLost(member)).length;
      return left < Math.max(...own.map(({ attributes }) => attributes?.need ?? 0));
    });
  for (let before = -1; before < failed.size; ) {
    before = failed.size;
    for (const { target } of hard) if (fails(target)) failed.add(target);
  }
  return failed;
};

const suffersFrom = ({ type }: TestEdge): boolean => relationshipTypes[type].suffers === 'from';
const dependantOf = (edge: TestEdge): string => (suffersFrom(edge) ? edge.from : edge.to);
const carrierOf = (edge: TestEdge): string => (suffersFrom(edge) ? edge.to : edge.from);
