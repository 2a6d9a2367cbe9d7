import type * as z from 'zod';
import type { DiscoveryRecord } from '../discovery/record.ts';
import type { RecordOutcome } from '../import/run.ts';
import { sameContent } from '../shared/canonical.ts';
import { Problem } from '../shared/problem.ts';
import { count } from '../shared/scalars.ts';
import { type Resolution, Review, type Ruling } from './review.ts';

/** `chunk`: in which file of its run the record lies. */
export const StoredReview = Review.extend({ chunk: count });
export type StoredReview = z.infer<typeof StoredReview>;

export const showReview = (review: StoredReview): Review => Review.strip().parse(review);

/** Where a record was met, and when. */
export type Met = { runId: string; source: string; chunk: number; now: string };

const undecided: ReadonlySet<RecordOutcome['outcome']> = new Set(['ambiguous', 'held', 'refused']);

/**
 * The review of a thing after a record of it: opened by one that needs a person, closed by one that does not. One that says what is known
 * changes nothing. Undefined: nothing to write.
 */
export const nextReview = (
  known: StoredReview | undefined,
  record: DiscoveryRecord,
  outcome: RecordOutcome,
  { chunk, now, ...met }: Met,
): StoredReview | undefined => {
  if (!undecided.has(outcome.outcome)) return known === undefined ? undefined : closed(known, outcome);
  const found = {
    outcome: outcome.outcome,
    ...(outcome.candidates === undefined ? {} : { candidates: outcome.candidates }),
    reasons: outcome.errors.map(({ reason }) => reason),
  };
  const isSame = known?.state === 'open' && sameContent(found, pick(known));
  if (known !== undefined && (isSame || isOlder(known, met.runId, record.recordIndex))) return undefined;
  return {
    ...met,
    ...found,
    nativeKey: record.nativeKey,
    ...(record.name === undefined ? {} : { name: record.name }),
    ...(known?.rule === undefined ? {} : { rule: known.rule }),
    state: 'open',
    recordIndex: record.recordIndex,
    chunk,
    firstSeenAt: known?.state === 'open' ? known.firstSeenAt : now,
    lastSeenAt: now,
  };
};

const pick = ({ outcome, candidates, reasons }: StoredReview) => ({ outcome, candidates, reasons });

/** A person has decided on this record, and its chunk merely comes again. */
const isOlder = (known: StoredReview, runId: string, recordIndex: number): boolean =>
  known.state === 'closed' && known.runId === runId && known.recordIndex === recordIndex;

const closed = (known: StoredReview, { ciId, assetId }: RecordOutcome): StoredReview | undefined => {
  if (known.state === 'closed') return undefined;
  const ids = { ...(ciId === undefined ? {} : { ciId }), ...(assetId === undefined ? {} : { assetId }) };
  const { ciId: _ci, assetId: _asset, ...rest } = known;
  const keeps = known.state === 'decided' && known.keepAsRule === true;
  return { ...rest, ...ids, state: 'closed', ...(keeps ? { rule: { decision: 'link' as const, ...ids } } : {}) };
};

/**
 * A decision that could not be carried out is asked for again, with what went wrong. Undefined where it was carried out after all, and where
 * something else is asked by now.
 */
export const giveBack = (
  known: StoredReview,
  { runId, recordIndex }: { runId: string; recordIndex: number | undefined },
  now: string,
): StoredReview | undefined => {
  if (known.state !== 'decided' || known.runId !== runId || known.recordIndex !== recordIndex) return undefined;
  const { decision, decidedBy, decidedAt, keepAsRule: _keep, ciId, assetId, ...rest } = known;
  const decided = [decision, ciId, assetId].filter((one) => one !== undefined).join(' ');
  const problem =
    `"${decided}", decided by ${decidedBy} at ${decidedAt}, failed again and again; nothing is to be made of it. ` +
    `The log of apply-import tells why, under ${runId}; repair that, then decide again.`;
  return { ...rest, state: 'open', lastSeenAt: now, problem };
};

/** A person decides. Throws `conflict` when nobody needs to. */
export const resolveReview = (
  known: StoredReview | undefined,
  { keepAsRule, ...decision }: Resolution,
  here: { runId: string; recordIndex: number; chunk: number },
  by: string,
  now: string,
): StoredReview => {
  if (known?.state !== 'open') throw new Problem('conflict', 'Nothing is to be decided of this record (any more).');
  const { problem: _problem, ...rest } = known;
  const decided = { ...rest, ...here, ...decision, decidedBy: by, decidedAt: now, keepAsRule };
  if (decision.decision !== 'ignore') return { ...decided, state: 'decided' };
  return { ...decided, state: 'closed', ...(keepAsRule ? { rule: { decision: 'ignore' as const } } : {}) };
};

/** What is decided of a record before identity is asked. */
export const rulingOn = (
  review: StoredReview | undefined,
  { runId, recordIndex }: { runId: string; recordIndex: number },
): Ruling | undefined => {
  const isThis = review?.runId === runId && review.recordIndex === recordIndex && review.decision !== undefined;
  if (isThis && review.state === 'decided')
    return { ...review, decision: review.decision as Ruling['decision'], byPerson: true };
  return review?.rule;
};

/** Is it asked whether a thing that its source says was deleted, and that it was there at about that time, lives? */
export const isContested = (review: StoredReview | undefined): boolean =>
  review?.candidates?.length === 1 &&
  review.candidates[0]?.evidence.some((one) => one.startsWith('deleted at ')) === true;
