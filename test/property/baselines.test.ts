import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CiDiff } from '../../domain/baseline/diff.ts';
import type { FrozenCi } from '../../domain/baseline/frozen-ci.ts';
import { type DiffPlace, pageDiff } from '../../functions/baselines/page-diff.ts';
import { putSegment, putSegmentList } from '../../functions/baselines/segments.ts';
import { frozenSide } from '../../functions/baselines/sides.ts';
import { startFleet } from '../support/fleet.ts';
import { memoryObjects } from '../support/memory-objects.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `ci_${letter.repeat(26)}`);
const Value = fc.constantFrom('live', 'test', ['x', 'y'], 7, true);
const Frozen = (ciId: string): fc.Arbitrary<FrozenCi> =>
  fc
    .record({
      class: fc.constantFrom('server' as const, 'database' as const),
      status: fc.constantFrom('operational' as const, 'missing' as const),
      fields: fc.dictionary(
        fc.constantFrom('name', 'owner', 'os.version', 'tags.__proto__', 'constructor'),
        fc.record({ value: Value, source: fc.constantFrom('glpi', 'manual') }),
      ),
      edges: fc.uniqueArray(fc.nat(3), { maxLength: 3 }).chain((numbers) =>
        fc.tuple(
          ...numbers.map((n) =>
            fc.record({
              relationshipId: fc.constant(`rel_${'a'.repeat(26)}_${'abcd'.charAt(n).repeat(12)}`),
              type: fc.constant('depends on' as const),
              from: fc.constant(ids[0] as string),
              to: fc.constant(ids[1] as string),
              sources: fc.constantFrom(['glpi'], ['glpi', 'manual']),
              attributes: fc.record({ group: fc.constantFrom('a', 'b'), need: fc.constant(1) }),
            }),
          ),
        ),
      ),
      binding: fc.option(
        fc.record({
          bindingId: fc.constant(`bnd_${'a'.repeat(26)}_${'b'.repeat(12)}`),
          assetId: fc.constantFrom(`ast_${'a'.repeat(26)}`, `ast_${'b'.repeat(26)}`),
          from: fc.constant('2026-05-03T00:00:00.000Z'),
        }),
        { nil: undefined },
      ),
    })
    .map(
      ({ binding, ...rest }) =>
        ({ ciId, ...rest, ...(binding === undefined ? {} : { binding }) }) as unknown as FrozenCi,
    );

/** Some of the CIs, in any order, in segments of any length. */
const Content = fc
  .shuffledSubarray(ids)
  .chain((some) => fc.tuple(fc.tuple(...some.map(Frozen)), fc.integer({ min: 1, max: 3 })));

/** Stores the CIs as a baseline would, and reads them back as a side of a diff. */
const stored = async ([cis, size]: [FrozenCi[], number], baselineId: string) => {
  const place = { data: memoryObjects().store, tenant: 'skyways', baselineId };
  const entries = [];
  for (let n = 0; n < cis.length; n += size) {
    const part = cis.slice(n, n + size);
    entries.push({ hash: await putSegment(place, part), ids: part.map(({ ciId }) => ciId) });
  }
  return frozenSide({ baselineId, hash: await putSegmentList(place, entries) }, 'skyways', place.data);
};

type Side = Awaited<ReturnType<typeof stored>>;

const diffOf = async (before: Side, after: Side, limit: number): Promise<CiDiff[]> => {
  const found: CiDiff[] = [];
  let place: DiffPlace | undefined = { pass: 'before', skip: 0, at: '' };
  while (place !== undefined) {
    const page: Awaited<ReturnType<typeof pageDiff>> = await pageDiff(before, after, place, limit);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    place = page.place;
  }
  return found;
};

/** What a baseline says, without who says it: what a diff is about. */
const contentOf = (cis: readonly FrozenCi[]) =>
  new Map(
    cis.map((ci) => {
      const fields = new Map(Object.entries(ci.fields).map(([name, { value }]) => [name, value]));
      const edges = new Map(ci.edges.map(({ relationshipId, sources: _sources, ...edge }) => [relationshipId, edge]));
      return [
        ci.ciId,
        { class: ci.class as unknown, status: ci.status as unknown, fields, edges, binding: ci.binding },
      ];
    }),
  );

/** Carries a diff out. */
const apply = (cis: readonly FrozenCi[], diffs: readonly CiDiff[]) => {
  const content = contentOf(cis);
  for (const diff of diffs) {
    if (diff.change === 'removed') content.delete(diff.ciId);
    else if (diff.change === 'added') for (const [ciId, ci] of contentOf([diff.after])) content.set(ciId, ci);
    else {
      const ci = content.get(diff.ciId);
      if (ci === undefined) throw new Error(`${diff.ciId} was not there`);
      for (const { field, after } of diff.fields) {
        if (field === 'class' || field === 'status') ci[field] = after?.value;
        else if (after === undefined) ci.fields.delete(field);
        else ci.fields.set(field, after.value);
      }
      for (const { relationshipId, after } of diff.edges) {
        if (after === undefined) ci.edges.delete(relationshipId);
        else {
          const { relationshipId: _id, sources: _sources, ...edge } = after;
          ci.edges.set(relationshipId, edge);
        }
      }
      if (diff.binding !== undefined) ci.binding = diff.binding.after;
    }
  }
  return content;
};

describe('the difference of two baselines', () => {
  it('is nothing for one and the same, and makes the one of the other, whatever the order, segments and pages', async () => {
    await fc.assert(
      fc.asyncProperty(Content, Content, fc.integer({ min: 1, max: 4 }), async (a, b, limit) => {
        const [before, after] = [await stored(a, 'bsl_a'), await stored(b, 'bsl_b')];
        expect(await diffOf(before, before, limit)).toEqual([]);
        const diffs = await diffOf(before, after, limit);
        expect(new Set(diffs.map(({ ciId }) => ciId)).size).toBe(diffs.length);
        expect(apply(a[0], diffs)).toEqual(contentOf(b[0]));
        const back = await diffOf(after, before, limit);
        expect(back.map(({ ciId }) => ciId).sort()).toEqual(diffs.map(({ ciId }) => ciId).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('against now is that against a baseline taken now; and a baseline of a past moment is what was taken then', async () => {
    const Act = fc.record({ what: fc.constantFrom('owner', 'retire', 'relate', 'create'), n: fc.nat(3), m: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(Act, { maxLength: 6 }), fc.boolean(), async (acts, ofService) => {
        const { ask, call, ci, relate } = startFleet();
        const cis = [
          await ci('Boarding', 'business-service'),
          await ci('gate-1'),
          await ci('gate-2'),
          await ci('gate-3'),
        ];
        await relate(cis[0] as string, 'depends on', cis[1] as string);
        const scope = ofService ? { service: cis[0] } : { class: 'server' };
        const freeze = (more: object = {}) => ask('createBaseline', { body: { name: 'x', scope, ...more } });
        const diff = async (baselineId: string, against: string) =>
          (await ask('diffBaseline', { path: { baselineId }, query: { against, limit: '100' } })).items;
        const first = await freeze();
        for (const { what, n, m } of acts) {
          const ciId = cis[n] as string;
          const { version } = await ask('getCi', { path: { ciId } });
          const edit = (body: object) =>
            call('editCi', { path: { ciId }, body, headers: { 'if-match': `"v${version}"` } });
          if (what === 'owner') await edit({ owner: `crew ${m}` });
          if (what === 'retire') await edit({ status: 'retired' });
          if (what === 'create') await ci(`gate-${m}`);
          if (what === 'relate' && n !== m)
            await call('createRelationship', { body: { from: ciId, type: 'depends on', to: cis[m] } });
        }
        const second = await freeze();
        expect(await diff(first.baselineId, 'now')).toEqual(await diff(first.baselineId, second.baselineId));
        expect(await diff(second.baselineId, 'now')).toEqual([]);
        const then = await freeze({ asOf: first.asOf });
        expect(await diff(first.baselineId, then.baselineId)).toEqual([]);
        expect(await diff(then.baselineId, second.baselineId)).toEqual(await diff(first.baselineId, second.baselineId));
      }),
      { numRuns: 40 },
    );
  });
});
