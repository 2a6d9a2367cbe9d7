import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { walkGraph } from '../../functions/graph/walk-graph.ts';
import { atOf, estateActs, livedEstate, replay } from '../support/graph-past.ts';
import { neighboursIn } from '../support/graph-world.ts';

const runs = { numRuns: 40 };
const clock = () => new Date(0);
const withoutCost = ({ cost: _cost, ...rest }: { cost: unknown }) => rest;

describe('impact as of a moment', () => {
  it('equals a walk through a replay of everything up to then: CIs, order, paths, names, assets, failures, edges', async () => {
    await fc.assert(
      fc.asyncProperty(
        estateActs,
        fc.nat(5),
        fc.constantFrom('downstream' as const, 'upstream' as const),
        fc.infiniteStream(fc.nat(1000)),
        async (acts, n, direction, picks) => {
          const { call, cis, written } = await livedEstate(acts);
          const root = cis[n] ?? '';
          const moments = [...new Set(written.map(atOf))];
          for (let round = 0; round < 6; round += 1) {
            const change = moments[(picks.next().value ?? 0) % moments.length] ?? '';
            const asOf = new Date(Date.parse(change) - ((picks.next().value ?? 0) % 2)).toISOString();
            const { edges, cards } = replay(written, asOf);
            const { status, body } = await call('getImpact', { path: { ciId: root }, query: { asOf, direction } });
            if (!cards.has(root)) {
              expect(status).toBe(404);
              continue;
            }
            const { walk, failed } = await walkGraph({
              roots: [root],
              direction,
              depth: 10,
              limit: 5000,
              mostEdges: 15_000,
              neighbours: neighboursIn(edges),
              clock,
            });
            expect(body.nodes).toEqual(
              walk.nodes().map((node) => ({
                ...node,
                ...cards.get(node.ciId),
                ...(direction === 'upstream' ? {} : { failed: failed.has(node.ciId) }),
              })),
            );
            expect(body.edges).toEqual(walk.edges().map(({ source: _source, target: _target, ...edge }) => edge));
            expect(body.truncated).toBe(false);
          }
        },
      ),
      runs,
    );
  });

  it('now equals the present, for every CI and both ways: impact, joint impact and root causes', async () => {
    await fc.assert(
      fc.asyncProperty(estateActs, async (acts) => {
        const { call, cis, written } = await livedEstate(acts);
        const asOf = atOf(written.at(-1) ?? { pk: '', sk: '', e: '', v: 0 });
        for (const ciId of cis) {
          for (const direction of ['downstream', 'upstream']) {
            const ask = async (query: Record<string, string>) =>
              withoutCost(
                (await call('getImpact', { path: { ciId }, query: { direction, include: 'asset', ...query } })).body,
              );
            expect(await ask({ asOf })).toEqual(await ask({}));
          }
        }
        const joint = async (more: object) =>
          withoutCost((await call('assessFailures', { body: { failures: cis.slice(0, 2), ...more } })).body);
        expect(await joint({ asOf })).toEqual(await joint({}));
        const window = { from: '2026-01-01T00:00:00.000Z', to: asOf };
        const causes = async (more: object) =>
          withoutCost((await call('findRootCauses', { body: { symptoms: cis.slice(0, 3), window, ...more } })).body);
        expect(await causes({ asOf })).toEqual(await causes({}));
      }),
      runs,
    );
  });
});
