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
 * Numbers by slot and by name inside it. A slot is what is written as one counter item: `<generation>#class#<class>` counts the records
 * (`*`) and those that fail each rule; `<generation>#due#<rule>#<week>` counts, by `<class>|<day>`, those that fail it from that day on.
 */
export type Tally = Map<string, Map<string, number>>;

export const everyRecord = '*';

/** Adds `times` (1 or -1) what one record counts for. What cancels out is taken away, so that nothing is written for it. */
export const addState = (tally: Tally, state: HealthState | undefined, times: 1 | -1): void => {
  if (state === undefined || !state.live) return;
  const slot = classSlot(state.generation, state.class);
  for (const name of [everyRecord, ...state.failing]) bump(tally, slot, name, times);
  if (state.stale === undefined) return;
  const { rule, from } = state.stale;
  bump(tally, dueSlot(state.generation, rule, from), `${state.class}|${from}`, times);
};

const bump = (tally: Tally, slot: string, name: string, by: number): void => {
  const numbers = tally.get(slot) ?? new Map<string, number>();
  tally.set(slot, numbers);
  const next = (numbers.get(name) ?? 0) + by;
  if (next === 0) numbers.delete(name);
  else numbers.set(name, next);
  if (numbers.size === 0) tally.delete(slot);
};

export const classSlot = (generation: number, recordClass: string): string => `${generation}#class#${recordClass}`;

const dueSlot = (generation: number, rule: string, day: string): string => `${generation}#due#${rule}#${weekOf(day)}`;

/** Days in sevens since 1970: a bucket that keeps a counter item small and its writes few. */
const weekOf = (day: string): string =>
  String(Math.floor(Date.parse(`${day}T00:00:00.000Z`) / 604_800_000)).padStart(6, '0');

/** Two sets of numbers of one slot as one; names that come to nothing are left out. */
export const addNumbers = (
  a: Readonly<Record<string, number>>,
  b: Iterable<readonly [string, number]>,
): Record<string, number> => {
  const sum = new Map(Object.entries(a));
  for (const [name, by] of b) sum.set(name, (sum.get(name) ?? 0) + by);
  return Object.fromEntries([...sum].filter(([, value]) => value !== 0));
};
