import * as z from 'zod';
import { Problem } from '../shared/problem.ts';
import { isoMoment, type Timestamp } from '../shared/time.ts';
import type { DriftFinding } from './finding.ts';

/** A person accepts a difference, for good or until a moment, or takes that back. */
export const DriftDecision = z
  .strictObject({
    decision: z.enum(['accept', 'reopen']),
    until: isoMoment({ offset: true }).optional(),
    reason: z.string().trim().min(1).max(500),
  })
  .refine(({ decision, until }) => decision === 'accept' || until === undefined, {
    error: 'What is opened again has no end; until belongs to accept.',
    path: ['until'],
  })
  .meta({ id: 'DriftDecision' });
export type DriftDecision = z.output<typeof DriftDecision>;

/**
 * The finding after a person's decision. What is accepted holds for these values: others open it again. Throws `conflict` for what has
 * resolved itself, and `unprocessable` for a moment that has passed.
 */
export const decideFinding = (
  finding: DriftFinding,
  { decision, until, reason }: DriftDecision,
  { by, now }: { by: string; now: Timestamp },
): DriftFinding => {
  if (finding.state === 'resolved') {
    throw new Problem(
      'conflict',
      `${finding.findingId} has resolved itself: both sides agree since ${finding.resolvedAt}.`,
    );
  }
  const { decision: _before, ...rest } = finding;
  if (decision === 'reopen') return { ...rest, state: 'open' };
  const end = until === undefined ? undefined : new Date(until).toISOString();
  if (end !== undefined && end <= now) {
    throw new Problem('unprocessable', 'until has passed.', {
      errors: [{ pointer: '#/body/until', detail: `It is ${now} now.` }],
      fix: 'Give a later moment, or leave it out to accept for good.',
    });
  }
  return {
    ...rest,
    state: 'accepted',
    decision: { reason, by, at: now, ...(end === undefined ? {} : { until: end }) },
  };
};
