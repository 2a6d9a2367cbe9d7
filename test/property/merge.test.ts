import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uniteFacets } from '../../domain/merge/unite-facets.ts';
import type { Facets } from '../../domain/reconcile/facet.ts';
import { digest } from '../../functions/shared/digest.ts';
import { checkEstate, checkNow } from '../support/import-check.ts';
import { agentJson, seeded } from '../support/import-fleet.ts';
import { slowly } from '../support/import-race.ts';
import { importRig } from '../support/import-rig.ts';
import { estateOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';
import { startMergeWorld } from '../support/merge-world.ts';
import { withHistory } from '../support/with-history.ts';

const at = fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z');
const section = fc.record({
  at,
  hash: fc.constantFrom('h1', 'h2', 'h3'),
  values: fc.dictionary(fc.constantFrom('name', 'model', 'holder'), fc.constantFrom('A', 'B'), { maxKeys: 3 }),
});
const facet = (half: 'discovery' | 'book' | 'manual') =>
  fc.record({
    half: fc.constant(half),
    nativeKey: fc.constantFrom('n1', 'n2'),
    sections: fc.dictionary(fc.constantFrom('device', 'os', 'itam'), section, { minKeys: 1, maxKeys: 3 }),
  });
const facets = fc.record(
  { glpi: facet('discovery'), 'register#book': facet('book'), manual: facet('manual') },
  { requiredKeys: [] },
) as fc.Arbitrary<Facets>;

describe('facets of two things that are one', () => {
  it('are the same in either order, hold every value that only one has, and nothing that neither has', () => {
    fc.assert(
      fc.property(facets, facets, (a, b) => {
        const united = uniteFacets(a, b, digest);
        expect(uniteFacets(b, a, digest)).toEqual(united);
        expect(uniteFacets(united, united, digest)).toEqual(united);
        const said = (of: Facets) =>
          Object.entries(of).flatMap(([key, { sections }]) =>
            Object.entries(sections).map(([name, { values = {} }]) => ({ key, name, values })),
          );
        for (const one of said(united)) {
          const told = [...said(a), ...said(b)].filter(({ key, name }) => key === one.key && name === one.name);
          expect(told.length).toBeGreaterThan(0);
          for (const [field, value] of Object.entries(one.values))
            expect(told.map(({ values }) => values[field])).toContain(value);
        }
        expect(new Set(said(united).map(({ key, name }) => key + name))).toEqual(
          new Set([...said(a), ...said(b)].map(({ key, name }) => key + name)),
        );
      }),
    );
  });
});

/** Everything but history, versions, moments, closed bindings and edges, and names of bindings. */
const lasting = (items: ReturnType<ReturnType<typeof memoryTable>['items']>) => {
  const { assets, cis, bindings, relationships, claims, entries } = estateOf(items);
  const bare = <T extends { binding?: object | undefined }>({ binding, ...rest }: T) => {
    const { bindings: _count, ...kept } = rest as Record<string, unknown>;
    return { ...kept, isBound: binding !== undefined };
  };
  const open = <T extends { validTo?: string | undefined }>(list: { value: T }[]) =>
    list.map(({ value }) => value).filter(({ validTo }) => validTo === undefined);
  const sorted = <T>(list: T[]) => list.map((one) => JSON.stringify(one)).sort();
  return {
    cis: cis.map(({ value }) => bare(value)),
    assets: assets.map(({ value }) => bare(value)),
    bindings: sorted(open(bindings).map(({ assetId, ciId }) => ({ assetId, ciId }))),
    edges: sorted(open(relationships)),
    claims: claims.map(({ value }) => ({ ...value, holders: sorted(value.holders) })),
    entries: entries.map(({ value }) => value),
  };
};

const steps = fc.array(fc.constantFrom('relate-one', 'relate-two', 'relate-both', 'own', 'own-two', 'bind-two'), {
  maxLength: 6,
});

describe('a merge taken back', () => {
  it('leaves everything as it was, whatever the two had', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.boolean(),
        fc.constantFrom('merge', 'mine', 'theirs'),
        async (had, swapped, choice) => {
          const world = startMergeWorld();
          const pair = await world.twice();
          const [one, two] = swapped ? [pair[1], pair[0]] : pair;
          const app = await world.ci('Check-in', 'application');
          const set = (ciId: string, owner: string, version: number) =>
            world.call('editCi', { path: { ciId }, body: { owner }, headers: { 'if-match': `"v${version}"` } });
          for (const step of new Set(had)) {
            if (step === 'relate-one') await world.relate(app, 'runs on', one);
            if (step === 'relate-two') await world.relate(app, 'runs on', two);
            if (step === 'relate-both') await world.relate(one, 'connected to', two);
            if (step === 'own') await set(one, 'Ground', (await world.getCi(one)).version);
            if (step === 'own-two') await set(two, 'Crew', (await world.getCi(two)).version);
            if (step === 'bind-two' && (await world.getCi(pair[1])).assetId === undefined)
              await world.bind(await world.asset({ serial: 'SPARE001' }), pair[1]);
          }
          const before = lasting(world.table.items());
          const [mine, theirs] = [(await world.getCi(one)).assetId, (await world.getCi(two)).assetId];
          const keep = choice === 'mine' ? (mine ?? theirs) : (theirs ?? mine);
          const { status, body } = await world.merge(one, two, { assets: choice === 'merge' ? choice : { keep } });
          expect(status).toBe(201);
          expect(checkEstate(world.table.items())).toEqual([]);
          expect((await world.unmerge(body.merge.mergeId)).status).toBe(200);
          expect(lasting(world.table.items())).toEqual(before);
          expect(checkEstate(world.table.items())).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('imports that race a merge', () => {
  it('never leave a claim with two holders, nor a twin, in any interleaving', async () => {
    let raced = 0;
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = seeded(seed);
      const table = memoryTable();
      const world = startMergeWorld(table);
      const [one, two] = await world.twice();
      const wrap = slowly(random);
      const rig = importRig(withHistory(table), wrap);
      const more = (n: number) => ({
        os: `Debian ${n}`,
        macs: [`a4:bb:6d:00:09:0${n}`],
        seenAt: `2026-07-0${n} 06:00:00`,
      });
      const uuid = '7d3c2b1a-0000-4000-8000-000000000077';
      const [merged] = await Promise.all([
        world.merge(one, two),
        rig.importFile('ocs', 'r1', agentJson({ name: 'ck-1-kvm', uuid, ...more(1) })),
        rig.importFile('glpi', 'r2', agentJson({ name: 'ck-1', serial: 'MRG00001', ...more(2) })),
      ]);
      if (merged.status !== 201) {
        expect(merged.status).toBe(429);
        continue;
      }
      raced += 1;
      expect(checkNow(table.items())).toEqual([]);
      const last = await world.everySource({ os: 'Debian 14', seenAt: '2026-08-01 06:00:00' });
      expect(new Set(last.slice(1).map((record) => record?.ciId))).toEqual(new Set([one]));
      expect(world.standing().cis.map(({ ciId }) => ciId)).toEqual([one]);
      expect(checkEstate(table.items())).toEqual([]);
    }
    expect(raced).toBeGreaterThan(15);
  });
});
