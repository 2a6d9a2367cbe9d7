import { holds } from './condition.ts';
import type { HealthFacts, HealthSurroundings } from './health-facts.ts';
import type { HealthCheck, HealthRule } from './health-rule.ts';
import { classLineage, type RulesFor } from './rule-book.ts';

const dayMs = 86_400_000;

/** The day (UTC) of a moment. */
export const dayOf = (moment: string): string => moment.slice(0, 10);

/** The day from which a record that was last seen then counts as stale: `days` later, from midnight UTC. */
export const staleFrom = (lastSeen: string, days: number): string =>
  new Date(Date.parse(`${dayOf(lastSeen)}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10);

/** A rule that a record fails: where to look, what was found there, what to do. `from`: it fails from that day (UTC) on. */
export type HealthFinding = { rule: HealthRule; pointer: string; found: string; from?: string };

/**
 * Everything that a record fails or, if nothing happens, will fail on a day that is told. Pure and without a clock: what is due is decided
 * by whoever reads it, so that a record that nobody touches becomes stale without being written.
 */
export const judge = (facts: HealthFacts, around: HealthSurroundings, rulesFor: RulesFor): HealthFinding[] =>
  facts.live ? rulesFor(facts.class).flatMap((rule) => findingOf(rule, facts, around) ?? []) : [];

const findingOf = (
  rule: HealthRule,
  facts: HealthFacts,
  { isRelated, sharers, ciStatus }: HealthSurroundings,
): HealthFinding | undefined => {
  const { check } = rule;
  const fails = (pointer: string, found: string) => ({ rule, pointer, found });
  switch (check.kind) {
    case 'present': {
      const value = facts.values[check.attribute];
      return value === undefined || value === '' ? fails(`#/${check.attribute}`, 'Nothing.') : undefined;
    }
    case 'condition': {
      const value = facts.values[check.attribute];
      const found = value === undefined ? 'Nothing.' : JSON.stringify(value).slice(0, 300);
      return holds(check, value) ? undefined : fails(pointerTo(facts, check.attribute), found);
    }
    case 'related':
      return isRelated || facts.isBound ? undefined : fails('#/relationships', 'No open relationship, no asset.');
    case 'bound':
      return facts.isBound ? undefined : fails('#/assetId', 'No asset.');
    case 'seen': {
      if (facts.lastSeen === undefined) return undefined;
      return {
        ...fails('#/sources', `Last seen ${facts.lastSeen}.`),
        from: staleFrom(facts.lastSeen, daysFor(check, facts.class)),
      };
    }
    case 'unique': {
      const shared = sharers.filter(({ name, others }) => others.length > 0 && isOf(check.identifiers, name));
      const [first] = shared;
      if (first === undefined) return undefined;
      return fails(
        '#/identifiers',
        `${first.name.replaceAll('|', ' ')} also names ${first.others.slice(0, 5).join(', ')}.`,
      );
    }
    case 'held':
      return facts.inUse && facts.values.holder === undefined && !facts.isBound
        ? fails('#/holder', 'In use without a holder and without a CI.')
        : undefined;
    case 'in-service':
      return facts.inUse && ciStatus === 'retired' ? fails('#/ciId', 'In use for a CI that is retired.') : undefined;
  }
};

/** The names of a record that its rules compare with those of others. */
export const comparedNames = (facts: HealthFacts, rulesFor: RulesFor): string[] =>
  facts.live
    ? facts.names
        .filter((name) =>
          rulesFor(facts.class).some(({ check }) => check.kind === 'unique' && isOf(check.identifiers, name)),
        )
        .slice(0, mostNames)
    : [];

const mostNames = 12;

const isOf = (types: readonly string[], name: string): boolean => types.includes(name.slice(0, name.indexOf('|')));

const daysFor = ({ days, daysByClass }: Extract<HealthCheck, { kind: 'seen' }>, recordClass: string): number =>
  classLineage(recordClass).flatMap((name) => daysByClass[name] ?? [])[0] ?? days;

/** Facts stand for themselves, what sources call `<section>.<key>` among the attributes of a CI. */
const pointerTo = ({ kind }: HealthFacts, attribute: string): string =>
  kind === 'ci' && attribute.includes('.') ? `#/attributes/${attribute}` : `#/${attribute}`;
