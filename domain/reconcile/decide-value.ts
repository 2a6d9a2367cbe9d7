import type { Timestamp } from '../shared/time.ts';
import type { Candidate, Candidates } from './candidates.ts';
import type { CompiledRule, RuleBook, RuleOf } from './rule-book.ts';
import { compileRules } from './rule-book.ts';

/** By which rules, and as at which moment, values are shown. */
export type Viewing = { rules: RuleBook; now: Timestamp };

/** The rules that Hangar comes with. None of them looks at the clock. */
export const byDefaultRules: Viewing = { rules: compileRules([], 0), now: '' };

/** The candidate that is shown, if any. The order of the candidates plays no part. */
export const decideValue = (
  candidates: readonly Candidate[],
  rule: CompiledRule,
  now: Timestamp,
): Candidate | undefined => {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (!candidate.fits) continue;
    if (best === undefined || compareCandidates(candidate, best, rule, now) < 0) best = candidate;
  }
  return best;
};

/** What is shown of each attribute that has anything to show. */
export const decideAll = (candidates: Candidates, ruleOf: RuleOf, now: Timestamp): Map<string, Candidate> => {
  const shown = new Map<string, Candidate>();
  for (const [attribute, said] of candidates) {
    const chosen = decideValue(said, ruleOf(attribute), now);
    if (chosen !== undefined) shown.set(attribute, chosen);
  }
  return shown;
};

/**
 * Which of two comes first: what people set; then sources that do not merely fill gaps; then those not silent for too long; then the
 * rule's order; then the later word, then the source's name.
 */
export const compareCandidates = (a: Candidate, b: Candidate, rule: CompiledRule, now: Timestamp): number =>
  before(isLocked(b), isLocked(a)) ||
  before(rule.ifEmpty(a), rule.ifEmpty(b)) ||
  before(isStale(a, rule, now), isStale(b, rule, now)) ||
  rule.placeOf(a) - rule.placeOf(b) ||
  textOrder(b.at, a.at) ||
  textOrder(a.source, b.source) ||
  textOrder(a.half, b.half);

/** Set by hand: no source moves it. */
export const isLocked = ({ half }: Candidate): boolean => half === 'manual';

/** Was its source silent about the thing for longer than the rule allows? */
export const isStale = ({ heardAt }: Candidate, { freshnessMs }: CompiledRule, now: Timestamp): boolean =>
  freshnessMs !== undefined && Date.parse(now) - Date.parse(heardAt) > freshnessMs;

/** Negative when only the second is true. */
const before = (a: boolean, b: boolean): number => Number(a) - Number(b);

const textOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
