import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AssetFacts, assetValues } from '../../domain/asset/asset-view.ts';
import type { CiClassName } from '../../domain/ci/ci-classes.ts';
import { CiFacts, ciCandidates, ciValues } from '../../domain/ci/ci-view.ts';
import { type Candidate, candidatesIn } from '../../domain/reconcile/candidates.ts';
import { compareRules } from '../../domain/reconcile/compare-rules.ts';
import { byDefaultRules, decideValue } from '../../domain/reconcile/decide-value.ts';
import type { Facet, Facets } from '../../domain/reconcile/facet.ts';
import { explainAll } from '../../domain/reconcile/provenance.ts';
import type { ReconciliationRule } from '../../domain/reconcile/rule.ts';
import { compileRules } from '../../domain/reconcile/rule-book.ts';
import { RuleSet } from '../../domain/reconcile/rule-set.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { startApp } from '../support/app.ts';
import { twoMinds } from '../support/two-minds.ts';

const now = '2026-01-20T00:00:00.000Z';
const times = fc.integer({ min: 1, max: 19 }).map((day) => `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`);
const sources = fc.constantFrom('glpi', 'glpi-oslo', 'ocs', 'books', 'ledger');
const texts = fc.constantFrom('A', 'B', 'C', 'low', 'high');
const keys = fc.constantFrom('name', 'owner', 'criticality', 'model', 'serial', 'location', 'version');
const section = fc.record({ at: times, hash: texts, values: fc.dictionary(keys, texts, { maxKeys: 5 }) });
const facetOf = (half: Facet['half'], ...names: string[]) =>
  fc.record({
    half: fc.constant(half),
    sections: fc.dictionary(fc.constantFrom(...names), section, { minKeys: 1, maxKeys: 3 }),
  });
const facets: fc.Arbitrary<Facets> = fc
  .tuple(
    fc.dictionary(sources, facetOf('discovery', 'device', 'bios', 'os', 'listing'), { maxKeys: 4 }),
    fc.dictionary(sources, facetOf('book', 'device', 'itam'), { maxKeys: 3 }),
    fc.option(facetOf('manual', 'manual'), { nil: undefined }),
  )
  .map(([found, booked, manual]) => ({
    ...found,
    ...Object.fromEntries(Object.entries(booked).map(([source, facet]) => [`${source}#book`, facet])),
    ...(manual === undefined ? {} : { manual }),
  }));

const patterns = fc.uniqueArray(fc.constantFrom('glpi', 'glpi-*', 'ocs', 'books', 'discovery', 'book'), {
  minLength: 1,
  maxLength: 4,
});
const rule = fc.record(
  {
    class: fc.constantFrom('asset', 'ci', 'device', 'computer', 'server'),
    attribute: fc.constantFrom('*', 'name', 'owner', 'os.version', 'serial'),
    order: patterns,
    freshness: fc.constantFrom(3, 'P1W', 'PT36H'),
    writeIfEmpty: patterns,
  },
  { requiredKeys: ['class', 'attribute', 'order'] },
) as fc.Arbitrary<ReconciliationRule>;
const ruleSets = fc
  .uniqueArray(rule, { maxLength: 8, selector: (one) => `${one.class} ${one.attribute}` })
  .map((rules) => rules.filter((one) => RuleSet.safeParse([one]).success));
const classes: fc.Arbitrary<CiClassName> = fc.constantFrom('server', 'computer', 'printer', 'database');

const shuffled = <T>(values: readonly T[], seed: number): T[] =>
  values
    .map((value, n) => ({ value, place: (n * 7919 + seed * 104729) % 997 }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);

/** The order by halves as it was before there were rules, said as plainly as possible. */
const byHalf = (candidates: readonly Candidate[], order: readonly Facet['half'][]) =>
  candidates
    .filter(({ fits }) => fits)
    .sort(
      (a, b) =>
        order.indexOf(a.half) - order.indexOf(b.half) ||
        (a.at === b.at ? 0 : a.at > b.at ? -1 : 1) ||
        (a.source < b.source ? -1 : a.source > b.source ? 1 : a.half < b.half ? -1 : 1),
    )[0]?.value;

describe('whose value is shown', () => {
  it('does not depend on the order of words and rules', () => {
    fc.assert(
      fc.property(facets, ruleSets, classes, fc.nat(1000), (given, rules, ciClass, seed) => {
        const mixed = Object.fromEntries(shuffled(Object.entries(given), seed));
        const [one, other] = [compileRules(rules, 1), compileRules(shuffled(rules, seed), 1)];
        const show = (facets: Facets, rules: typeof one) => [
          ciValues({ class: ciClass, facets }, { rules, now }),
          assetValues({ facets }, { rules, now }),
        ];
        expect(show(mixed, other)).toEqual(show(given, one));
        for (const [attribute, said] of candidatesIn(given, CiFacts.shape, true)) {
          const compiled = one.rulesFor(ciClass)(attribute);
          expect(decideValue(shuffled(said, seed), compiled, now)).toEqual(decideValue(said, compiled, now));
        }
      }),
    );
  });

  it('is by the default rules what the fixed order of halves gave', () => {
    const hardware = ['manufacturer', 'model', 'modelNumber', 'serial'];
    fc.assert(
      fc.property(facets, (given) => {
        const found = ciValues({ class: 'server', facets: given }, byDefaultRules);
        for (const [name, said] of candidatesIn(given, CiFacts.shape, true)) {
          const isBooked = Object.hasOwn(CiFacts.shape, name) && name !== 'name';
          const order: Facet['half'][] = isBooked ? ['manual', 'book', 'discovery'] : ['manual', 'discovery', 'book'];
          const shown = (found.facts as Record<string, unknown>)[name] ?? found.attributes[name];
          expect([name, shown]).toEqual([name, byHalf(said, order)]);
        }
        const values: Record<string, unknown> = assetValues({ facets: given });
        for (const [name, said] of candidatesIn(given, AssetFacts.shape, false)) {
          const order: Facet['half'][] = hardware.includes(name)
            ? ['manual', 'discovery', 'book']
            : ['manual', 'book', 'discovery'];
          expect([name, values[name]]).toEqual([name, byHalf(said, order)]);
        }
      }),
    );
  });

  it('is what a person set, under any rules', () => {
    fc.assert(
      fc.property(facets, ruleSets, classes, (given, rules, ciClass) => {
        const set = given.manual?.sections.manual?.values ?? {};
        const { facts, attributes } = ciValues(
          { class: ciClass, facets: given },
          { rules: compileRules(rules, 1), now },
        );
        for (const [key, value] of Object.entries(set)) {
          const fact = CiFacts.shape[key as 'name'];
          if (fact === undefined) expect(attributes[key]).toEqual(value);
          else if (fact.safeParse(value).success) expect(facts[key as 'name']).toEqual(value);
        }
      }),
    );
  });

  it('is what its provenance says, with every word accounted for', () => {
    fc.assert(
      fc.property(facets, ruleSets, classes, (given, rules, ciClass) => {
        const viewing = { rules: compileRules(rules, 1), now };
        const { facts, attributes } = ciValues({ class: ciClass, facets: given }, viewing);
        const explained = explainAll(ciCandidates({ facets: given }), viewing.rules.rulesFor(ciClass), viewing);
        const shown = explained.flatMap(({ attribute, value }) => (value === undefined ? [] : [[attribute, value]]));
        expect(Object.fromEntries(shown)).toEqual({ ...attributes, ...facts });
        for (const { values, winningSource } of explained) {
          expect(values.filter(({ wins }) => wins).map(({ source }) => source)).toEqual(
            winningSource === undefined ? [] : [winningSource],
          );
          expect(values.findIndex(({ wins }) => wins)).toBe(winningSource === undefined ? -1 : 0);
        }
        const words = Object.values(given).flatMap(({ sections }) =>
          Object.values(sections).flatMap(({ values = {} }) => Object.values(values)),
        );
        const told = new Set(explained.flatMap(({ values }) => values.map(({ value }) => value)));
        for (const word of words) expect(told).toContain(word);
      }),
    );
  });

  it('changes as the preview says, no more and no less', () => {
    fc.assert(
      fc.property(facets, ruleSets, ruleSets, classes, (given, before, after, ciClass) => {
        const [present, proposed] = [compileRules(before, 1), compileRules(after, 2)];
        const show = (rules: typeof present) => {
          const { facts, attributes } = ciValues({ class: ciClass, facets: given }, { rules, now });
          return { ...facts, ...attributes } as Record<string, unknown>;
        };
        const effects = compareRules(
          ciCandidates({ facets: given }),
          present.rulesFor(ciClass),
          proposed.rulesFor(ciClass),
          now,
        );
        const [was, is] = [show(present), show(proposed)];
        for (const { field, before } of effects) expect(was[field]).toEqual(before);
        expect({ ...was, ...Object.fromEntries(effects.map(({ field, after }) => [field, after])) }).toEqual(is);
        expect(effects.every(({ field }) => was[field] !== is[field])).toBe(true);
      }),
    );
  });
});

describe('a preview over HTTP', () => {
  it('is what is shown after the rules are put, whatever they were', async () => {
    await fc.assert(
      fc.asyncProperty(facets, ruleSets, ruleSets, async (given, before, after) => {
        const { call, table } = startApp();
        const { ci } = twoMinds(table);
        table.put(ciEntity.toItem('skyways', { ...ci, facets: given }, 1));
        const put = async (rules: ReconciliationRule[]) => {
          const { headers } = await call('getReconciliationRules');
          const answer = await call('putReconciliationRules', {
            body: { rules },
            headers: { 'if-match': headers.etag ?? '' },
          });
          expect(answer.status).toBe(200);
          for (let n = 0; n < 5; n += 1) await call('getHealth');
        };
        const show = async () => {
          const { body } = await call('getCi', { path: { ciId: ci.ciId } });
          const facts = Object.fromEntries(Object.keys(CiFacts.shape).map((name) => [name, body[name]]));
          return { ...facts, ...body.attributes } as Record<string, unknown>;
        };
        await put(before);
        const [was, preview] = [
          await show(),
          await call('previewReconciliationRules', { body: { rules: after, class: 'server' } }),
        ];
        await put(after);
        const changes: { field: string; after: unknown }[] = preview.body.items.flatMap(
          (one: { changes: [] }) => one.changes,
        );
        expect({ ...was, ...Object.fromEntries(changes.map(({ field, after }) => [field, after])) }).toEqual(
          await show(),
        );
      }),
      { numRuns: 25 },
    );
  });
});
