import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failuresFrom, type Groups, groupsOf, indexFailures } from '../../domain/graph/failure.ts';
import { failurePaths } from '../../domain/graph/link.ts';
import { findSuspects } from '../../domain/graph/root-causes.ts';
import type { WalkState } from '../../domain/graph/walk-state.ts';
import { type RelationshipType, relationshipTypes } from '../../domain/relationship/relationship-types.ts';
import { pageOf, pageToDivide } from '../../functions/graph/pages.ts';
import { walkGraph } from '../../functions/graph/walk-graph.ts';
import { oracle } from '../support/graph-oracle.ts';
import { ciNumber, graphs, neighboursIn, type TestEdge } from '../support/graph-world.ts';

const clock = () => new Date(0);
const everything = { limit: 5000, mostEdges: 15_000, clock };
const runs = { numRuns: 2000 };
const fewer = { numRuns: 500 };

const questions = fc.record({
  direction: fc.constantFrom('downstream' as const, 'upstream' as const),
  depth: fc.integer({ min: 1, max: 6 }),
  roots: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 3 }),
  types: fc.option(
    fc.uniqueArray(fc.constantFrom(...(Object.keys(relationshipTypes) as RelationshipType[])), { minLength: 1 }),
    { nil: undefined },
  ),
});

const rootsIn = (cis: readonly string[], roots: readonly number[]) => [
  ...new Set(roots.map((n) => cis[n % cis.length] ?? '')),
];

describe('a walk', () => {
  it('says what the oracle says: CIs, depths, edges, failures, and whether that is all', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, questions, async ({ cis, edges }, asked) => {
        const question = { ...asked, roots: rootsIn(cis, asked.roots) };
        const expected = oracle(edges, question);
        const { walk, failed } = await walkGraph({ ...question, ...everything, neighbours: neighboursIn(edges) });
        expect(new Map(walk.nodes().map(({ ciId, depth }) => [ciId, depth]))).toEqual(expected.depths);
        expect(new Set(walk.edges().map(({ relationshipId }) => relationshipId))).toEqual(expected.edges);
        expect(walk.isTruncated()).toBe(expected.isTruncated);
        if (asked.direction === 'downstream') expect(failed).toEqual(expected.failed);
      }),
      runs,
    );
  });

  it('carries its path: every CI was reached along an edge from a CI one level nearer', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, questions, async ({ cis, edges }, asked) => {
        const roots = rootsIn(cis, asked.roots);
        const { walk } = await walkGraph({ ...asked, roots, ...everything, neighbours: neighboursIn(edges) });
        const depths = new Map([
          ...roots.map((root) => [root, 0] as const),
          ...walk.nodes().map(({ ciId, depth }) => [ciId, depth] as const),
        ]);
        for (const { ciId, depth, via } of walk.nodes()) {
          expect(depths.get(via.ciId)).toBe(depth - 1);
          const edge = edges.find(({ relationshipId }) => relationshipId === via.relationshipId) as TestEdge;
          const paths = failurePaths(edge).map(({ carrier, dependant }) => [carrier, dependant]);
          expect(paths).toContainEqual(asked.direction === 'downstream' ? [via.ciId, ciId] : [ciId, via.ciId]);
        }
      }),
      fewer,
    );
  });

  it('gives the same in small answers as in one, every CI and every edge once', async () => {
    const budget = fc.record({ limit: fc.integer({ min: 1, max: 4 }), mostEdges: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(graphs, questions, budget, async ({ cis, edges }, asked, small) => {
        const question = { ...asked, roots: rootsIn(cis, asked.roots), neighbours: neighboursIn(edges) };
        const whole = await walkGraph({ ...question, ...everything, depth: 1000 });
        const nodes: string[] = [];
        const told: string[] = [];
        let saved: WalkState | undefined;
        for (let answer = 0; ; answer += 1) {
          const { walk, failed } = await walkGraph({ ...question, ...small, clock }, saved);
          expect(walk.nodes().length).toBeLessThanOrEqual(small.limit);
          nodes.push(...walk.nodes().map(({ ciId, depth }) => `${depth} ${ciId}`));
          told.push(...walk.edges().map(({ relationshipId }) => relationshipId));
          if (!walk.isTruncated()) break;
          saved = JSON.parse(JSON.stringify(walk.save(failed)));
          if (answer > 200) throw new Error('the walk does not end');
        }
        expect(nodes).toEqual(whole.walk.nodes().map(({ ciId, depth }) => `${depth} ${ciId}`));
        expect(told.sort()).toEqual(
          whole.walk
            .edges()
            .map(({ relationshipId }) => relationshipId)
            .sort(),
        );
      }),
      fewer,
    );
  });
});

describe('failures', () => {
  const setting = (edges: readonly TestEdge[]) => {
    const failureEdges = edges.flatMap((edge) =>
      failurePaths(edge).map((path) => ({ ...path, type: edge.type, group: edge.attributes?.group })),
    );
    const groups = new Map<string, Groups>();
    return {
      edges: failureEdges,
      groupsFor: async (cis: readonly string[]) => {
        for (const { ciId, links } of await neighboursIn(edges)(cis, 'upstream')) groups.set(ciId, groupsOf(links));
        return (ciId: string) => groups.get(ciId);
      },
    };
  };

  it('only grow with more roots, and never spare one that another failure took', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat(11), fc.nat(11), async ({ cis, edges }, one, two) => {
        const { edges: failureEdges, groupsFor } = setting(edges);
        const groups = await groupsFor(cis);
        const byCarrier = indexFailures(failureEdges);
        const [a, b] = [cis[one % cis.length] ?? '', cis[two % cis.length] ?? ''];
        const both = failuresFrom([a, b], byCarrier, groups);
        for (const ciId of [...failuresFrom([a], byCarrier, groups), ...failuresFrom([b], byCarrier, groups)]) {
          expect(both.has(ciId)).toBe(true);
        }
      }),
      fewer,
    );
  });

  it('explain symptoms exactly when the suspect alone makes them fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        graphs,
        fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 4 }),
        async ({ cis, edges }, picked) => {
          const symptoms = rootsIn(cis, picked);
          const { edges: failureEdges, groupsFor } = setting(edges);
          const suspects = findSuspects(symptoms, { edges: failureEdges, groupsFor: await groupsFor(cis) });
          const dependsOn = (symptom: string) =>
            oracle(edges, { roots: [symptom], direction: 'upstream', depth: 100 }).depths;
          const counts = cis.map((ciId) => ({
            ciId,
            reached: symptoms.filter((symptom) => symptom === ciId || dependsOn(symptom).has(ciId)),
          }));
          const most = Math.max(...counts.map(({ reached }) => reached.length));
          const expected = counts.filter(({ reached }) => reached.length >= Math.min(2, most) && reached.length > 0);
          expect(suspects.map(({ ciId }) => ciId).sort()).toEqual(expected.map(({ ciId }) => ciId).sort());
          for (const { ciId, explains, touches } of suspects) {
            const { failed } = oracle(edges, { roots: [ciId], direction: 'downstream', depth: 100 });
            expect(explains).toEqual(symptoms.filter((symptom) => failed.has(symptom)));
            expect([...explains, ...touches].sort()).toEqual(counts.find((one) => one.ciId === ciId)?.reached.sort());
          }
        },
      ),
      fewer,
    );
  });
});

describe('pages', () => {
  it('hold each neighbour on one of them, and adding a page only moves entries of the divided one to the new one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(5000), (pages, n) => {
        const neighbour = ciNumber(n);
        const [before, after] = [pageOf(neighbour, pages), pageOf(neighbour, pages + 1)];
        expect(before).toBeLessThan(pages);
        if (before === pageToDivide(pages)) expect([before, pages]).toContain(after);
        else expect(after).toBe(before);
      }),
    );
  });
});
