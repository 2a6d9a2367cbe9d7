import * as z from 'zod';
import { ClassName } from '../ci/class-name.ts';
import { sameContent } from '../shared/canonical.ts';
import { CiId, childIdFrom, type Digest } from '../shared/id.ts';
import { optionalText, text } from '../shared/scalars.ts';
import { laterOf, Timestamp } from '../shared/time.ts';
import { type Disagreement, Said } from './said.ts';

export const DriftFindingId = z
  .string()
  .regex(/^drf_[a-z2-7]{26}_[a-z2-7]{12}$/)
  .meta({ id: 'DriftFindingId' });

export const driftStates = ['open', 'accepted', 'resolved'] as const;

const Decision = z.strictObject({ reason: text, by: text, at: Timestamp, until: Timestamp.optional() });

/**
 * One point on which what is declared and what was discovered disagree, however often it is seen: one finding per CI and subject, for ever.
 * `occurrences` counts how often it came up again; `declared` or `discovered` is missing where that side has no word on it.
 */
export const DriftFinding = z.strictObject({
  findingId: DriftFindingId,
  ciId: CiId,
  class: ClassName,
  kind: z.enum(['attribute', 'edge', 'presence']),
  subject: text,
  otherCiId: optionalText,
  declared: Said.optional(),
  discovered: Said.optional(),
  state: z.enum(driftStates),
  firstSeen: Timestamp,
  lastSeen: Timestamp,
  occurrences: z.int().positive(),
  resolvedAt: Timestamp.optional(),
  decision: Decision.optional(),
});
export type DriftFinding = z.infer<typeof DriftFinding>;

/** The id of what a disagreement is about, the same whenever it is seen. */
export const findingIdOf = (ciId: string, { kind, subject, otherCiId = '' }: Disagreement, digest: Digest): string =>
  childIdFrom('drf', digest, ciId, kind, subject, otherCiId);

/** What a look at a CI does to a finding. `renewed`: seen again a day later, which is noted and told to nobody. */
export type Step = { next: DriftFinding; type: 'DriftDetected' | 'DriftChanged' | 'DriftResolved' | 'renewed' };

const dayMs = 24 * 60 * 60 * 1000;

type Seen = { findingId: string; ciId: string; class: ClassName; at: Timestamp };

/**
 * The finding after a look that saw this disagreement, or none; undefined when that is no news. Values that changed open what was
 * accepted: somebody accepted other ones. What is resolved and seen again is the same finding, once more.
 */
export const nextFinding = (
  known: DriftFinding | undefined,
  seen: Disagreement | undefined,
  look: Seen,
): Step | undefined => {
  if (seen === undefined) return known === undefined ? undefined : resolve(known, look.at);
  if (known === undefined) {
    const { at, ...about } = look;
    return {
      next: { ...about, ...seen, state: 'open', firstSeen: at, lastSeen: at, occurrences: 1 },
      type: 'DriftDetected',
    };
  }
  const { declared: _d, discovered: _i, decision, resolvedAt: _r, ...rest } = known;
  const lastSeen = laterOf(known.lastSeen, look.at);
  const now = { ...rest, ...seen, class: look.class, lastSeen };
  if (known.state === 'resolved') {
    return { next: { ...now, state: 'open', occurrences: known.occurrences + 1 }, type: 'DriftDetected' };
  }
  if (!sameWords(known, seen)) {
    if (known.state === 'open') return { next: { ...now, state: 'open' }, type: 'DriftChanged' };
    if (sameValues(known, seen)) return { next: { ...known, ...seen, lastSeen }, type: 'DriftChanged' };
    return { next: { ...now, state: 'open', occurrences: known.occurrences + 1 }, type: 'DriftDetected' };
  }
  if (Date.parse(lastSeen) - Date.parse(known.lastSeen) < dayMs) return undefined;
  return { next: { ...known, lastSeen }, type: 'renewed' };
};

const resolve = (known: DriftFinding, at: Timestamp): Step | undefined => {
  if (known.state === 'resolved') return undefined;
  const { decision: _decision, ...rest } = known;
  return { next: { ...rest, state: 'resolved', resolvedAt: laterOf(at, known.lastSeen) }, type: 'DriftResolved' };
};

type Words = { declared?: Said | undefined; discovered?: Said | undefined };

/** When the same was said again is no news. */
const sameWords = (a: Words, b: Words): boolean => sameValues(a, b) && sameContent(sourcesOf(a), sourcesOf(b));
const sameValues = (a: Words, b: Words): boolean => sameContent(valuesOf(a), valuesOf(b));

const sourcesOf = ({ declared, discovered }: Words) => [declared?.source, discovered?.source];
const valuesOf = ({ declared, discovered }: Words) => [
  declared === undefined ? [] : [declared.value],
  discovered === undefined ? [] : [discovered.value],
];

/** How a finding stands at a moment: what was accepted until a moment that has passed is open again. */
export const stateAt = ({ state, decision }: DriftFinding, now: Timestamp): DriftFinding['state'] =>
  state === 'accepted' && decision?.until !== undefined && decision.until <= now ? 'open' : state;
