import { isListedAgain, noLongerMissing } from '../../domain/import/absence.ts';
import { changesOf } from '../../domain/import/changes.ts';
import { decideRecord, type RecordDecision } from '../../domain/import/decide-record.ts';
import { inLightOf, isNamedLater, lastSaid, standingOf } from '../../domain/import/deletion.ts';
import { identitySection, relationsSection } from '../../domain/import/fingerprint.ts';
import { withNewBoard } from '../../domain/import/new-board.ts';
import type { KnownPair, RecordInput } from '../../domain/import/record-input.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { conflictingTag } from '../../domain/import/tag-conflict.ts';
import { facetKey } from '../../domain/reconcile/facet.ts';
import { isDueToRenew, renewFacet } from '../../domain/reconcile/renew.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import type { ChunkLine } from '../plan-import/chunk-line.ts';
import { digest } from '../shared/digest.ts';
import { latestOf } from '../store/unit-of-work.ts';
import { applyDeletion } from './apply-deletion.ts';
import { contested } from './contested.ts';
import { identifiersIn } from './identifiers.ts';
import { isListedOtherwise } from './merged-names.ts';
import { observedAt } from './observed-at.ts';
import {
  describeUndecided,
  idsOf,
  matchedBy,
  outcomeOf,
  rejectedValues,
  repeatedKey,
  replayed,
  startOutcome,
} from './outcome.ts';
import { resolveRecord } from './resolve-record.ts';
import { stageRecord } from './stage-record.ts';
import type { Staging } from './staging.ts';
import { pairOf, type State } from './state.ts';

/**
 * One record, from identity to staged writes; the batch's state moves on, so that the next record sees what this one decided.
 * An ambiguous or held record touches nothing.
 */
export const applyRecord = (
  line: ChunkLine,
  run: StoredRun,
  now: string,
  state: State,
  staging: Staging,
): RecordOutcome => {
  const { record, print } = line;
  const identifiers = identifiersIn(record, run.source);
  const entry = state.entries.get(record.nativeKey)?.value;
  const sibling = entry?.run === run.runId ? entry : undefined;
  if (sibling?.record === record.recordIndex) return replayed(sibling, record, identifiers);
  if (record.action === 'delete') return applyDeletion({ line, run, now, state, staging, identifiers });
  const { at, warnings } = observedAt(record, run.storedAt);
  const key = facetKey(run.source, record.half);
  const before = entry === undefined ? undefined : lastSaid(pairOf(state, entry), key);
  // A history may hold the states of a thing in any order: their own times decide. Where there are none, the later in the file counts.
  const isDated = record.observedAt !== undefined && at !== before;
  if (sibling !== undefined && sibling.record > record.recordIndex && !isDated) {
    return replayed(sibling, record, identifiers);
  }
  const isVouchedFor = state.rulings.get(record.recordIndex)?.byPerson === true;
  const stands = standingOf(entry?.deletedAt, at);
  const standing = stands === 'contested' && isVouchedFor ? 'back' : stands;

  const { resolution, known, nativeKnown } = resolveRecord(record, identifiers, state);
  if (resolution.kind === 'ambiguous' || resolution.kind === 'held') {
    return { ...startOutcome(record), ...describeUndecided(resolution) };
  }
  if (standing === 'contested') return contested(record, known, 'deleted', entry?.deletedAt, at);
  const when = notBeforeLastChange(now, known, state);
  const fresh = decideFresh({ record, print, identifiers, ...run, at, now: when, digest }, known, state);
  const { rule } = resolution;
  const isBack = isListedAgain(entry, run.storedAt);
  const isListed = known.ci !== undefined && isListedOtherwise(state, known.ci.ciId, record.nativeKey);
  const decided = noLongerMissing(
    inLightOf(withNewBoard(fresh, rule, identifiers), standing, isListed ? undefined : entry?.deletedAt),
    isBack,
  );
  const changed = !sameContent(known.asset, decided.asset) || !sameContent(known.ci, decided.ci);
  const outcome = outcomeOf(resolution, nativeKnown, changed || wasWritten(decided, line, run, state));
  const isOld = standing === 'gone' || isNamedLater(known, key, at);
  const stale = [
    ...decided.stale,
    ...(isOld ? [identitySection] : []),
    ...(entry?.relatedAt !== undefined && entry.relatedAt > at ? [relationsSection] : []),
  ];
  const renewed = renew(decided, key, at, state);
  const heard = isDueToRenew(state.viewing.rules, entry?.heardAt, at) ? { heardAt: at } : {};
  const done = { observedAt: at, outcome, rule, ...heard, isBack, ...(standing === 'back' ? { revivedAt: at } : {}) };
  stageRecord({ line, run, now: when, state, staging, identifiers, known, decided: { ...renewed, stale }, ...done });
  return {
    ...startOutcome(record),
    outcome,
    ...idsOf({ ciId: decided.ci?.ciId, assetId: decided.asset?.assetId }),
    matchedBy: matchedBy(resolution, identifiers),
    ...(changed ? { changes: changesOf(known, decided, run.source, state.viewing) } : {}),
    warnings: [
      ...record.warnings,
      ...rejectedValues(identifiers),
      ...warnings,
      ...decided.warnings,
      ...conflictingTag(record, run.source, known.asset),
      ...(sibling === undefined ? [] : [repeatedKey(sibling.record)]),
    ],
  };
};

/** A chunk may be at work for minutes: what somebody has done to asset or CI meanwhile came first, so that bindings never overlap. */
const notBeforeLastChange = (now: string, { asset, ci }: KnownPair, state: State): string =>
  latestOf(
    now,
    asset === undefined ? undefined : state.assets.get(asset.assetId),
    ci === undefined ? undefined : state.cis.get(ci.ciId),
  );

/** A new thing whose deterministic id was used before by a thing that has since changed its identity takes the next free one. */
const decideFresh = (input: RecordInput, known: KnownPair, state: State): RecordDecision => {
  for (let salt = 0; ; salt += 1) {
    const decided = decideRecord(salt === 0 ? input : { ...input, salt }, known);
    const takesCi = known.ci === undefined && decided.ci !== undefined && state.cis.has(decided.ci.ciId);
    const takesAsset =
      known.asset === undefined && decided.asset !== undefined && state.assets.has(decided.asset.assetId);
    if (!takesCi && !takesAsset) return decided;
  }
};

/** That the source still speaks of the thing is noted beside what it says, where rules mind its silence. */
const renew = (decided: RecordDecision, key: string, at: string, { viewing }: State): RecordDecision => ({
  ...decided,
  ...(decided.asset === undefined ? {} : { asset: renewFacet(decided.asset, key, at, viewing.rules) }),
  ...(decided.ci === undefined ? {} : { ci: renewFacet(decided.ci, key, at, viewing.rules) }),
});

/** Did this record itself write what stands there, and die before it could say so in its source entry? */
const wasWritten = ({ asset, ci }: RecordDecision, { record }: ChunkLine, run: StoredRun, state: State): boolean =>
  [
    asset === undefined ? undefined : state.assets.get(asset.assetId)?.change,
    ci === undefined ? undefined : state.cis.get(ci.ciId)?.change,
  ].some((change) => change?.correlationId === run.runId && change.record === record.recordIndex);
