import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { isBuiltIn } from '../../domain/ci/class-name.ts';
import { failurePaths } from '../../domain/graph/link.ts';
import { assetHealthFacts, ciHealthFacts } from '../../domain/health/health-facts.ts';
import { comparedNames, judge } from '../../domain/health/judge.ts';
import { allRules, classLineage, noTenantRules, rulesByClass } from '../../domain/health/rule-book.ts';
import type { ClassCounts } from '../../domain/health/scorecard.ts';
import { classesFit } from '../../domain/identity/class-family.ts';
import type { Facets } from '../../domain/reconcile/facet.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { failureEntity } from '../../functions/data-health/entities.ts';
import { healthRulesEntity } from '../../functions/data-health/rules-entity.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { digest } from '../../functions/shared/digest.ts';
import type { Item } from '../../functions/store/table.ts';
import { ciNumber } from './graph-world.ts';

export const assetNumber = (n: number): string => `ast_${digest(`asset ${n}`).slice(0, 26)}`;

const at = '2026-05-01T00:00:00.000Z';

/** What people say (`manual`) and, when it was seen, what a source says. */
export const said = (values: Record<string, string>, seen?: string): Facets => ({
  manual: { half: 'manual', sections: { manual: { at, hash: 'h', values } } },
  ...(seen === undefined
    ? {}
    : { agent: { half: 'discovery', sections: { hardware: { at: seen, hash: seen, values: { vendor: 'Acme' } } } } }),
});

export const healthCi = (n: number, more: Partial<Ci> = {}): Ci => ({
  ciId: ciNumber(n),
  class: 'server',
  status: 'operational',
  statusSetBy: 'person',
  identifiers: [],
  facets: said({ name: `gate-${n}` }),
  origin: { correlationId: 'test' },
  createdAt: at,
  ...more,
});

export const healthAsset = (n: number, more: Partial<Asset> = {}): Asset => ({
  assetId: assetNumber(n),
  kind: 'hardware',
  status: 'deployed',
  statusSetBy: 'person',
  identifiers: [],
  facets: said({}),
  bindings: 0,
  origin: { correlationId: 'test' },
  createdAt: at,
  ...more,
});

/**
 * Everything counted from the records alone, without pages, names, lists or counters: what incremental counting must come to. `failures` are the
 * entries of the lists, as keys.
 */
export const recountAll = (items: readonly Item[], day: string): { counts: ClassCounts[]; failures: string[] } => {
  const rules = items.find(({ e }) => e === healthRulesEntity.name);
  const rulesFor = rulesByClass(
    allRules(rules === undefined ? noTenantRules : healthRulesEntity.fromItem(rules).value),
  );
  const cis = items.filter(({ e }) => e === ciEntity.name).map((item) => ciEntity.fromItem(item).value);
  const assets = items.filter(({ e }) => e === assetEntity.name).map((item) => assetEntity.fromItem(item).value);
  const edges = items
    .filter(({ e }) => e === relationshipEntity.name)
    .map((item) => relationshipEntity.fromItem(item).value)
    .filter(({ validTo }) => validTo === undefined);
  const related = new Set(edges.flatMap((edge) => failurePaths(edge).flatMap((one) => [one.carrier, one.dependant])));
  const hosts = new Map(assets.map(({ assetId, binding }) => [assetId, cis.find((ci) => ci.ciId === binding?.ciId)]));
  const all = [...cis.map(ciHealthFacts), ...assets.map(assetHealthFacts)].map((facts) => ({
    facts,
    names: comparedNames(facts, rulesFor),
  }));
  const family = (path: string) => classLineage(path).find(isBuiltIn);
  const counts = new Map<string, ClassCounts>();
  const failures: string[] = [];
  for (const { facts, names } of all.filter((one) => one.facts.live)) {
    const sharers = names.map((name) => ({
      name,
      others: all
        .filter((other) => other.facts.id !== facts.id && other.facts.kind === facts.kind && other.names.includes(name))
        .filter((other) => facts.kind === 'asset' || classesFit(family(facts.class), family(other.facts.class), []))
        .map((other) => other.facts.id),
    }));
    const around = { isRelated: related.has(facts.id), sharers, ciStatus: hosts.get(facts.id)?.status };
    const count = counts.get(facts.class) ?? { class: facts.class, records: 0, failing: {} };
    counts.set(facts.class, count);
    count.records += 1;
    for (const { rule, from } of judge(facts, around, rulesFor)) {
      if (from === undefined) failures.push(`${rule.ruleId} ${facts.class}#${facts.id}`);
      if (from === undefined || from <= day) count.failing[rule.ruleId] = (count.failing[rule.ruleId] ?? 0) + 1;
    }
  }
  return {
    counts: [...counts.values()].sort((a, b) => (a.class < b.class ? -1 : 1)),
    failures: failures.sort(),
  };
};

/** The entries of the lists, as `recountAll` names them. */
export const listedFailures = (items: readonly Item[]): string[] =>
  items
    .filter(({ e }) => e === failureEntity.name)
    .map((item) => `${failureEntity.fromItem(item).value.rule} ${item.sk}`)
    .sort();
