import { ciClasses } from '../ci/ci-classes.ts';
import { defaultRules, indexedAssetFacts } from './authority.ts';
import type { Facet } from './facet.ts';
import { anyAttribute, freshnessMs, type ReconciliationRule, type RuleClass, type SourcePattern } from './rule.ts';

type Speaker = { source: string; half: Facet['half'] };

/** A rule made ready: `placeOf` tells how early a source is asked (0 first), `ifEmpty` whether it only fills gaps. */
export type CompiledRule = {
  rule: ReconciliationRule;
  from: 'default' | 'tenant';
  freshnessMs: number | undefined;
  placeOf: (speaker: Speaker) => number;
  ifEmpty: (speaker: Speaker) => boolean;
};

/** The rule for an attribute of one class. */
export type RuleOf = (attribute: string) => CompiledRule;

/**
 * All rules that hold for a tenant. `version` is that of the tenant's own rules, 0 without any; `shortestFreshnessMs` the shortest
 * silence that any of them minds.
 */
export type RuleBook = {
  version: number;
  shortestFreshnessMs: number | undefined;
  rulesFor: (ruleClass: RuleClass) => RuleOf;
};

/**
 * Rules made ready, class by class as they are asked for. The tenant's come before the default ones; among either, a rule that
 * names the attribute before one for all attributes, and then the class itself before the class it extends.
 */
export const compileRules = (rules: readonly ReconciliationRule[], version: number): RuleBook => {
  const own = rules.map((rule) => compile(rule, 'tenant'));
  const byClass = new Map<RuleClass, RuleOf>();
  const windows = own.flatMap(({ freshnessMs: window }) => window ?? []);
  return {
    version,
    shortestFreshnessMs: windows.length === 0 ? undefined : Math.min(...windows),
    rulesFor: (ruleClass) => {
      const known = byClass.get(ruleClass);
      if (known !== undefined) return known;
      const made = rulesOf(ruleClass, own);
      byClass.set(ruleClass, made);
      return made;
    },
  };
};

/** The rules, minding also a silence that something else than they looks at: how long since a thing was seen. */
export const noticing = (rules: RuleBook, silenceMs: number | undefined): RuleBook => {
  const { shortestFreshnessMs: shortest } = rules;
  if (silenceMs === undefined) return rules;
  return { ...rules, shortestFreshnessMs: shortest === undefined ? silenceMs : Math.min(shortest, silenceMs) };
};

const rulesOf = (ruleClass: RuleClass, own: readonly CompiledRule[]): RuleOf => {
  const lineage = lineageOf(ruleClass);
  const named = new Map<string, CompiledRule>();
  let any: CompiledRule | undefined;
  const take = (rules: readonly CompiledRule[]) => {
    if (any !== undefined) return;
    for (const one of lineage.flatMap((name) => rules.filter(({ rule }) => rule.class === name))) {
      const { attribute } = one.rule;
      if (attribute === anyAttribute) any ??= one;
      else if (!named.has(attribute)) named.set(attribute, one);
    }
  };
  take(own);
  if (ruleClass === 'asset') pinIndexed(named);
  take(compiledDefaults);
  const rest = any;
  if (rest === undefined) throw new Error(`no rule for ${ruleClass}`);
  return (attribute) => named.get(attribute) ?? rest;
};

/** Facts that index keys are made of when an asset is written: were their rule to change, the lists would not follow. */
const pinIndexed = (named: Map<string, CompiledRule>): void => {
  for (const one of compiledDefaults) {
    if (one.rule.class === 'asset' && indexedAssetFacts.has(one.rule.attribute)) named.set(one.rule.attribute, one);
  }
};

const lineageOf = (ruleClass: RuleClass): RuleClass[] => {
  if (ruleClass === 'asset' || ruleClass === 'ci') return [ruleClass];
  const { extends: parent = 'ci' } = ciClasses[ruleClass] as { extends?: RuleClass };
  return [ruleClass, ...lineageOf(parent)];
};

const compile = (rule: ReconciliationRule, from: CompiledRule['from']): CompiledRule => {
  const { order, freshness, writeIfEmpty = [] } = rule;
  return {
    rule,
    from,
    freshnessMs: freshness === undefined ? undefined : freshnessMs(freshness),
    placeOf: (speaker) => placeIn(order, speaker),
    ifEmpty: (speaker) => placeIn(writeIfEmpty, speaker) < writeIfEmpty.length,
  };
};

/** Where a list names a source: by its name, else by the longest beginning of it, else by its half; behind the end if not at all. */
const placeIn = (patterns: readonly SourcePattern[], { source, half }: Speaker): number => {
  let place = patterns.length;
  let closeness = 0;
  for (const [at, pattern] of patterns.entries()) {
    const close = closenessOf(pattern, source, half);
    if (close > closeness) {
      place = at;
      closeness = close;
    }
  }
  return place;
};

const closenessOf = (pattern: SourcePattern, source: string, half: Facet['half']): number => {
  if (pattern === 'discovery' || pattern === 'book') return pattern === half ? 1 : 0;
  if (pattern === source) return 1000;
  return pattern.endsWith('*') && source.startsWith(pattern.slice(0, -1)) ? pattern.length : 0;
};

const compiledDefaults = defaultRules.map((rule) => compile(rule, 'default'));
