import type { HealthRule } from './health-rule.ts';
import type { HealthFinding } from './judge.ts';
import type { RulesFor } from './rule-book.ts';
import { everyRecord, readNumber, type Tally } from './tally.ts';

/** How many records of a class there are, and how many of them fail each rule, at one day. */
export type ClassCounts = { class: string; records: number; failing: Record<string, number> };

/** Reads counters as they stand at a day (UTC): what is due by then counts as failing. Slots of generations that are not counted are left out. */
export const countsAt = (tally: Tally, isCounted: (generation: number) => boolean, today: string): ClassCounts[] => {
  const classes = new Map<string, ClassCounts>();
  const of = (name: string): ClassCounts => {
    const known = classes.get(name) ?? { class: name, records: 0, failing: {} };
    classes.set(name, known);
    return known;
  };
  for (const [slot, numbers] of tally) {
    for (const [name, value] of numbers) {
      const { generation, class: path, rule, from } = readNumber(slot, name);
      if (!isCounted(generation) || (from !== undefined && from > today)) continue;
      if (rule === everyRecord) of(path).records += value;
      else addTo(of(path).failing, rule, value);
    }
  }
  const counted = [...classes.values()].filter(({ records }) => records !== 0);
  return counted.sort((a, b) => (a.class < b.class ? -1 : 1));
};

const addTo = (numbers: Record<string, number>, name: string, value: number): void => {
  numbers[name] = (numbers[name] ?? 0) + value;
};

/** 100 less the share of the weight of its rules that a record fails, in whole numbers downwards; 100 where no rule holds. */
export const scoreOf = (rules: readonly HealthRule[], failing: readonly Pick<HealthFinding, 'rule'>[]): number =>
  scoreFrom(weightOf(rules), weightOf(failing.map(({ rule }) => rule)));

const weightOf = (rules: readonly HealthRule[]): number => rules.reduce((sum, { weight }) => sum + weight, 0);

const scoreFrom = (all: number, failed: number): number => (all === 0 ? 100 : Math.floor(100 * (1 - failed / all)));

/**
 * The score of many records: as of one, over the weight of all their rules together. From the counters and the rules' weights as they
 * are now, so that a changed weight needs no recount. Rules that were switched off meanwhile do not count.
 */
export const scoreOfMany = (
  counts: readonly ClassCounts[],
  rulesFor: RulesFor,
  wanted: (rule: HealthRule) => boolean = () => true,
): number => {
  let [all, failed] = [0, 0];
  for (const { class: name, records, failing } of counts) {
    for (const rule of rulesFor(name).filter(wanted)) {
      all += rule.weight * records;
      failed += rule.weight * (failing[rule.ruleId] ?? 0);
    }
  }
  return scoreFrom(all, failed);
};
