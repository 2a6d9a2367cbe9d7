import * as z from 'zod';
import { CalendarDate } from '../shared/time.ts';
import type { HealthFacts } from './health-facts.ts';
import type { HealthFinding } from './judge.ts';

/**
 * What is kept of a judged record: the rules it fails, and from which day it counts as stale. A record that is not judged (retired)
 * fails nothing and is not counted. `generation` is that of the recount which judged it last.
 */
export const HealthState = z.strictObject({
  kind: z.enum(['ci', 'asset']),
  id: z.string(),
  class: z.string(),
  live: z.boolean(),
  failing: z.array(z.string()),
  stale: z.strictObject({ rule: z.string(), from: CalendarDate }).optional(),
  names: z.array(z.string()),
  generation: z.int().nonnegative(),
});
export type HealthState = z.infer<typeof HealthState>;

export const healthState = (
  { kind, id, class: recordClass, live }: HealthFacts,
  findings: readonly HealthFinding[],
  names: readonly string[],
  generation: number,
): HealthState => {
  const due = findings.find(({ from }) => from !== undefined);
  const failing = findings.filter(({ from }) => from === undefined).map(({ rule }) => rule.ruleId);
  return {
    kind,
    id,
    class: recordClass,
    live,
    failing: failing.sort(),
    ...(due?.from === undefined ? {} : { stale: { rule: due.rule.ruleId, from: due.from } }),
    names: [...names],
    generation,
  };
};

/**
 * Numbers by slot and by name inside it. A slot is what is written as one counter item, so that a batch costs few: `<generation>#class#<bucket>`
 * counts, by `<class>|<rule>`, the records that fail a rule and (`*`) all of them; `<generation>#due#<rule>#<period>` counts, by `<class>|<day>`,
 * those that fail it from that day of the period on.
 */
export type Tally = Map<string, Map<string, number>>;

export const everyRecord = '*';

/** Adds `times` (1 or -1) what one record counts for. What cancels out is taken away, so that nothing is written for it. */
export const addState = (tally: Tally, state: HealthState | undefined, times: 1 | -1): void => {
  if (state === undefined || !state.live) return;
  const { class: path, generation, stale } = state;
  const slot = `${generation}#class#${bucketOf(path)}`;
  for (const name of [everyRecord, ...state.failing]) bump(tally, slot, `${path}|${name}`, times);
  if (stale === undefined) return;
  const day = Date.parse(`${stale.from}T00:00:00.000Z`) / dayMs;
  const period = Math.floor(day / periodDays);
  bump(tally, `${generation}#due#${stale.rule}#${period}`, `${path}|${day - period * periodDays}`, times);
};

const bump = (tally: Tally, slot: string, name: string, by: number): void => {
  const numbers = tally.get(slot) ?? new Map<string, number>();
  tally.set(slot, numbers);
  const next = (numbers.get(name) ?? 0) + by;
  if (next === 0) numbers.delete(name);
  else numbers.set(name, next);
  if (numbers.size === 0) tally.delete(slot);
};

/** A counter item of these sizes stays near one write unit: half of the classes, four weeks of days. */
const classBuckets = 2;
const periodDays = 28;
const dayMs = 86_400_000;

const bucketOf = (path: string): number => [...path].reduce((sum, one) => sum + one.charCodeAt(0), 0) % classBuckets;

/** What a number in a slot counts: the records of a class that fail a rule, at once or from a day on. */
export type Counted = { generation: number; class: string; rule: string; from?: string };

export const readNumber = (slot: string, name: string): Counted => {
  const [generation = '', form, dueRule = '', period] = slot.split('#');
  const at = name.lastIndexOf('|');
  const [path, detail] = [name.slice(0, at), name.slice(at + 1)];
  const counted = { generation: Number(generation), class: path };
  if (form === 'class') return { ...counted, rule: detail };
  const day = Number(period) * periodDays + Number(detail);
  return { ...counted, rule: dueRule, from: new Date(day * dayMs).toISOString().slice(0, 10) };
};

/** Two sets of numbers of one slot as one; names that come to nothing are left out. */
export const addNumbers = (
  a: Readonly<Record<string, number>>,
  b: Iterable<readonly [string, number]>,
): Record<string, number> => {
  const sum = new Map(Object.entries(a));
  for (const [name, by] of b) sum.set(name, (sum.get(name) ?? 0) + by);
  return Object.fromEntries([...sum].filter(([, value]) => value !== 0));
};
