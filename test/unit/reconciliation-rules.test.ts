import { describe, expect, it } from '@jest/globals';
import { AssetFacts } from '../../domain/asset/asset-view.ts';
import { CiFacts } from '../../domain/ci/ci-view.ts';
import { defaultRules, indexedAssetFacts } from '../../domain/reconcile/authority.ts';
import { type Candidate, candidatesIn } from '../../domain/reconcile/candidates.ts';
import { decideValue } from '../../domain/reconcile/decide-value.ts';
import type { Facets } from '../../domain/reconcile/facet.ts';
import { packFacets, unpackFacets } from '../../domain/reconcile/pack-facets.ts';
import { isDueToRenew, renewFacet } from '../../domain/reconcile/renew.ts';
import { freshnessMs, type ReconciliationRule, type RuleClass } from '../../domain/reconcile/rule.ts';
import { compileRules } from '../../domain/reconcile/rule-book.ts';
import { RuleSet } from '../../domain/reconcile/rule-set.ts';

const now = '2026-06-30T00:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();
const said = (source: string, days: number, more: Partial<Candidate> = {}): Candidate => ({
  source,
  half: 'discovery',
  section: 'os',
  at: daysAgo(days),
  heardAt: daysAgo(days),
  value: source,
  fits: true,
  ...more,
});
const rule = (more: Partial<ReconciliationRule>): ReconciliationRule => ({
  class: 'ci',
  attribute: '*',
  order: ['discovery', 'book'],
  ...more,
});
const chosen = (more: Partial<ReconciliationRule>, ...candidates: Candidate[]) =>
  decideValue(candidates, compileRules([rule(more)], 1).rulesFor('server')('os.name'), now)?.value;

describe('a rule', () => {
  it('asks sources in its order: by name, by the longest beginning of it, by half; then those it does not name', () => {
    const [oslo, bergen, ocs] = [said('glpi-oslo', 9), said('glpi-bergen', 1), said('ocs', 1)];
    const ledger = said('ledger', 0, { half: 'book' });
    expect(chosen({ order: ['ocs', 'discovery'] }, oslo, bergen, ocs, ledger)).toBe('ocs');
    expect(chosen({ order: ['glpi-*', 'ocs'] }, oslo, bergen, ocs)).toBe('glpi-bergen');
    expect(chosen({ order: ['glpi-oslo', 'glpi-*'] }, oslo, bergen, ocs)).toBe('glpi-oslo');
    expect(chosen({ order: ['ocs', 'glpi-b*', 'glpi-*'] }, oslo, bergen)).toBe('glpi-bergen');
    expect(chosen({ order: ['book', 'ocs'] }, oslo, ocs, ledger)).toBe('ledger');
    expect(chosen({ order: ['discovery', 'ocs'] }, oslo, bergen, ocs)).toBe('glpi-bergen');
    expect(chosen({ order: ['nobody'] }, oslo, ledger)).toBe('ledger');
  });

  it('takes the later of two at one place, then the first by name', () => {
    expect(chosen({}, said('a', 2), said('b', 1))).toBe('b');
    expect(chosen({}, said('b', 1), said('a', 1))).toBe('a');
  });

  it('lets a lower source show after too long a silence of a higher one, and the higher one again when all are silent', () => {
    const [high, low] = [said('ocs', 31), said('glpi', 5)];
    const order: ReconciliationRule['order'] = ['ocs', 'glpi'];
    expect(chosen({ order }, high, low)).toBe('ocs');
    expect(chosen({ order, freshness: 31 }, high, low)).toBe('ocs');
    expect(chosen({ order, freshness: 'P30D' }, high, low)).toBe('glpi');
    expect(chosen({ order, freshness: 'PT36H' }, high, low)).toBe('ocs');
    expect(chosen({ order, freshness: 30 }, said('ocs', 31, { heardAt: daysAgo(2) }), low)).toBe('ocs');
  });

  it('shows what only fills gaps when nobody else has a value, however stale theirs is', () => {
    const gaps = { order: ['guess', 'glpi'], writeIfEmpty: ['guess'], freshness: 7 };
    expect(chosen(gaps, said('guess', 1), said('glpi', 90))).toBe('glpi');
    expect(chosen(gaps, said('guess', 1))).toBe('guess');
    expect(chosen(gaps, said('guess', 1), said('glpi', 1, { fits: false }))).toBe('guess');
  });

  it('moves nothing that was set by hand, whatever it says', () => {
    const byHand = said('manual', 900, { half: 'manual' });
    const all = { order: ['glpi', 'book'], freshness: 1, writeIfEmpty: ['discovery'] };
    expect(chosen(all, said('glpi', 0), byHand, said('ledger', 0, { half: 'book' }))).toBe('manual');
    // The control: were it not a person's, it would lose.
    expect(chosen(all, said('glpi', 0), { ...byHand, half: 'discovery' }, said('ledger', 0, { half: 'book' }))).toBe(
      'ledger',
    );
  });

  it('reads its window in days, weeks and hours', () => {
    expect([2, 'P2D', 'P2W', 'PT36H'].map((one) => freshnessMs(one) / 3_600_000)).toEqual([48, 48, 336, 36]);
  });
});

describe('which rule holds', () => {
  const order = (rules: ReconciliationRule[], ruleClass: RuleClass, attribute: string) => {
    const { rule: found, from } = compileRules(rules, 1).rulesFor(ruleClass)(attribute);
    return from === 'default' ? 'default' : found.order[0];
  };
  const of = (ruleClass: RuleClass, attribute: string): ReconciliationRule => ({
    class: ruleClass,
    attribute,
    order: [`${ruleClass}-${attribute === '*' ? 'all' : 'one'}`],
  });

  it('is the one that names the attribute, then the one of the nearest class, then any of the tenant, then a default', () => {
    const all = [of('ci', '*'), of('ci', 'name'), of('device', '*'), of('device', 'name'), of('server', '*')];
    expect(order(all, 'server', 'name')).toBe('device-one');
    expect(order(all, 'server', 'owner')).toBe('server-all');
    expect(order(all, 'computer', 'owner')).toBe('device-all');
    expect(order(all, 'database', 'name')).toBe('ci-one');
    expect(order([of('server', '*')], 'server', 'name')).toBe('server-all');
    expect(order([of('server', 'name')], 'server', 'owner')).toBe('default');
    expect(order([of('server', '*')], 'computer', 'name')).toBe('default');
    expect(order([of('ci', '*')], 'asset', 'name')).toBe('default');
    expect(order([...all].reverse(), 'server', 'name')).toBe('device-one');
  });

  it('is the default one for what assets are listed by, even under a rule for all', () => {
    const all = [of('asset', '*')];
    for (const fact of Object.keys(AssetFacts.shape)) {
      expect([fact, order(all, 'asset', fact)]).toEqual([fact, indexedAssetFacts.has(fact) ? 'default' : 'asset-all']);
    }
  });

  it('is by default a rule about something that is there', () => {
    const known = { asset: AssetFacts.shape, ci: CiFacts.shape };
    for (const { class: ruleClass, attribute } of defaultRules) {
      if (attribute === '*') continue;
      expect(Object.keys(known[ruleClass as 'asset' | 'ci'])).toContain(attribute);
    }
    for (const fact of indexedAssetFacts) expect(defaultRules.map(({ attribute }) => attribute)).toContain(fact);
  });
});

describe('a set of rules', () => {
  const faults = (...rules: unknown[]) =>
    RuleSet.safeParse(rules).error?.issues.map(({ path, message }) => `/${path.join('/')} ${message}`) ?? [];
  const order = ['discovery'];

  it('is taken with facts, attributes and all', () => {
    const rules = [
      {
        class: 'asset',
        attribute: 'manufacturer',
        order: ['glpi-*', 'book'],
        freshness: 'P30D',
        writeIfEmpty: ['ocs'],
      },
      { class: 'ci', attribute: 'owner', order: ['book'], freshness: 14 },
      { class: 'virtual-machine', attribute: 'os.version', order },
      { class: 'ci', attribute: '*', order },
    ];
    expect(RuleSet.parse(rules)).toEqual(rules);
  });

  it.each([
    ['a class that is not there', { class: 'spaceship', attribute: '*', order }, '/0/class'],
    ['a fact that assets do not have', { class: 'asset', attribute: 'wings', order }, '/0/attribute'],
    ['what assets are listed by', { class: 'asset', attribute: 'location', order }, '/0/attribute'],
    ['an attribute without a section', { class: 'server', attribute: 'colour', order }, '/0/attribute'],
    ['an attribute that is shown as a fact', { class: 'server', attribute: 'device.name', order }, '/0/attribute'],
    ['people as one source among others', { class: 'ci', attribute: '*', order: ['glpi', 'manual'] }, '/0/order/1'],
    ['a pattern that is no source', { class: 'ci', attribute: '*', order: ['*'] }, '/0/order/0'],
    ['a source twice', { class: 'ci', attribute: '*', order: ['a', 'a'] }, '/0/order'],
    ['no source at all', { class: 'ci', attribute: '*', order: [] }, '/0/order'],
    ['months, which differ', { class: 'ci', attribute: '*', order, freshness: 'P1M' }, '/0/freshness'],
    ['no time at all', { class: 'ci', attribute: '*', order, freshness: 0 }, '/0/freshness'],
    ['what rules do not say', { class: 'ci', attribute: '*', order, priority: 1 }, '/0'],
  ])('is refused with %s', (_, bad, pointer) => {
    expect(faults(bad).map((text) => text.split(' ')[0])).toEqual([pointer]);
  });

  it('is refused with two rules for one thing, or when it is too long', () => {
    const one = { class: 'ci', attribute: 'name', order };
    expect(faults(one, { ...one, attribute: 'owner' }, { ...one, order: ['book'] })).toEqual([
      '/2 A second rule for ci name.',
    ]);
    const many = (count: number, patterns: number) =>
      Array.from({ length: count }, (_, n) => ({
        class: 'ci',
        attribute: `os.key${n}`,
        order: Array.from({ length: patterns }, (_, m) => `${'s'.repeat(50)}${m}`),
      }));
    expect(faults(...many(200, 1))).toEqual([]);
    expect(faults(...many(201, 1))).toHaveLength(1);
    expect(faults(...many(200, 16))).toEqual(['/ The rules are longer than 100,000 characters.']);
  });
});

describe('the words of sources', () => {
  const at = daysAgo(3);
  const facets: Facets = {
    glpi: {
      half: 'discovery',
      sections: {
        device: { at, hash: 'a', values: { name: 'crew1', owner: 'agent', colour: 'red' } },
        hardware: { at: daysAgo(1), hash: 'b', values: { name: 'crew1', description: 'lab' } },
        os: { at, hash: 'c', values: { name: 'Debian' } },
      },
    },
    'glpi#book': { half: 'book', sections: { device: { at, hash: 'd', values: { owner: 'IT', criticality: 'P1' } } } },
    manual: { half: 'manual', sections: { manual: { at, hash: 'e', values: { owner: 'Kim', 'os.name': 'Trixie' } } } },
  };

  it('are told once: as a fact, or as an attribute; what is no fact by its value stays an attribute', () => {
    const found = candidatesIn(facets, CiFacts.shape, true);
    expect([...found].map(([name, all]) => [name, all.map(({ value }) => value)]).sort()).toEqual([
      ['criticality', ['P1']],
      ['description', ['lab']],
      ['device.colour', ['red']],
      ['device.criticality', ['P1']],
      ['name', ['crew1']],
      ['os.name', ['Debian', 'Trixie']],
      ['owner', ['agent', 'IT', 'Kim']],
    ]);
    expect(found.get('owner')?.map(({ source, half }) => `${source} ${half}`)).toEqual([
      'glpi discovery',
      'glpi book',
      'manual manual',
    ]);
    expect(found.get('criticality')?.[0]?.fits).toBe(false);
    expect(found.get('name')?.[0]).toMatchObject({ at, heardAt: daysAgo(1) });
  });

  it('are noted as heard again only where rules mind the silence, and seldom', () => {
    const none = compileRules([], 0);
    const minding = compileRules([rule({ freshness: 'P30D' }), rule({ attribute: 'name', freshness: 10 })], 1);
    expect(isDueToRenew(none, undefined, now)).toBe(false);
    expect(isDueToRenew(minding, undefined, now)).toBe(true);
    expect(isDueToRenew(minding, daysAgo(4), now)).toBe(false);
    expect(isDueToRenew(minding, daysAgo(6), now)).toBe(true);
    const ci = { facets };
    expect(renewFacet(ci, 'glpi', daysAgo(0), none)).toBe(ci);
    expect(renewFacet(ci, 'nobody', now, minding)).toBe(ci);
    expect(renewFacet(ci, 'glpi', daysAgo(-3), minding)).toBe(ci);
    const heard = renewFacet(ci, 'glpi', daysAgo(-9), minding).facets;
    expect(heard.glpi).toEqual({ ...facets.glpi, heardAt: daysAgo(-9) });
    expect(unpackFacets(packFacets(heard))).toEqual(heard);
  });
});
