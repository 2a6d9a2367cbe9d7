import * as z from 'zod';
import { optionalOrdinal, optionalText, text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import type { Candidate, Candidates } from './candidates.ts';
import { compareCandidates, decideValue, isLocked, isStale } from './decide-value.ts';
import { Facet, FacetValue } from './facet.ts';
import { ReconciliationRule } from './rule.ts';
import type { CompiledRule, RuleBook, RuleOf } from './rule-book.ts';

const yes = z.boolean();

/** What one source says of an attribute, and what became of it. */
const SaidValue = z
  .strictObject({
    source: text,
    half: Facet.shape.half,
    section: text,
    value: FacetValue,
    observedAt: Timestamp,
    heardAt: Timestamp,
    wins: yes,
    locked: yes,
    stale: yes,
    fillsGaps: yes,
    fits: yes,
  })
  .meta({ id: 'SaidValue', description: 'observedAt: first said so; heardAt: last spoke of the thing at all.' });

/** The rule that chose, and where it comes from; `version` is that of the tenant's rules. */
const ChoosingRule = ReconciliationRule.extend({
  from: z.enum(['default', 'tenant']),
  version: optionalOrdinal,
}).meta({ id: 'ChoosingRule' });

/** Why an attribute shows what it shows: every source's word, the one that counts first, and the rule they were put in order by. */
export const AttributeProvenance = z
  .strictObject({
    attribute: text,
    value: FacetValue.optional(),
    winningSource: optionalText,
    locked: yes,
    rule: ChoosingRule,
    values: z.array(SaidValue),
  })
  .meta({ id: 'AttributeProvenance' });
export type AttributeProvenance = z.infer<typeof AttributeProvenance>;

/** The provenance of everything that sources say of one entity, in order of attribute names. */
export const explainAll = (
  candidates: Candidates,
  ruleOf: RuleOf,
  { rules, now }: { rules: Pick<RuleBook, 'version'>; now: Timestamp },
): AttributeProvenance[] =>
  [...candidates]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([attribute, said]) => explain(attribute, said, ruleOf(attribute), rules.version, now));

const explain = (
  attribute: string,
  said: readonly Candidate[],
  compiled: CompiledRule,
  version: number,
  now: Timestamp,
): AttributeProvenance => {
  const winner = decideValue(said, compiled, now);
  const inOrder = [...said].sort((a, b) => Number(b.fits) - Number(a.fits) || compareCandidates(a, b, compiled, now));
  return {
    attribute,
    ...(winner === undefined ? {} : { value: winner.value, winningSource: winner.source }),
    locked: winner !== undefined && isLocked(winner),
    rule: { ...compiled.rule, from: compiled.from, ...(compiled.from === 'tenant' ? { version } : {}) },
    values: inOrder.map((one) => ({
      source: one.source,
      half: one.half,
      section: one.section,
      value: one.value,
      observedAt: one.at,
      heardAt: one.heardAt,
      wins: one === winner,
      locked: isLocked(one),
      stale: !isLocked(one) && isStale(one, compiled, now),
      fillsGaps: compiled.ifEmpty(one),
      fits: one.fits,
    })),
  };
};
