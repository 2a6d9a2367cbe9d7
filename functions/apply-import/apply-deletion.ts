import type { Ci } from '../../domain/ci/ci.ts';
import type { Identifier } from '../../domain/identity/identifier.ts';
import { isClose, lastSaid, retireCi } from '../../domain/import/deletion.ts';
import { mergeFingerprint, relationsSection } from '../../domain/import/fingerprint.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { facetKey } from '../../domain/reconcile/facet.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { ciEntity } from '../cis/entity.ts';
import type { ChunkLine } from '../plan-import/chunk-line.ts';
import { sourceEntryEntity } from '../plan-import/source-entry.ts';
import { contested } from './contested.ts';
import { isListedOtherwise } from './merged-names.ts';
import { observedAt } from './observed-at.ts';
import { describeUndecided, idsOf, matchedBy, startOutcome } from './outcome.ts';
import { resolveRecord } from './resolve-record.ts';
import type { Staging } from './staging.ts';
import type { State } from './state.ts';

type Deletion = {
  line: ChunkLine;
  run: StoredRun;
  now: string;
  state: State;
  staging: Staging;
  identifiers: readonly Identifier[];
};

/**
 * A source says that a thing was deleted. Its CI is retired and kept, with its binding; the relations that the record's source asserted
 * are let go in the second phase. Nothing is made of what is not known, but its source entry remembers the deletion, so that what was
 * observed before it does not count as living when it comes later. Older than what the source has said since, it says nothing. Of a CI that
 * was merged from several of its records only the last one takes it along.
 */
export const applyDeletion = ({ line, run, now, state, staging, identifiers }: Deletion): RecordOutcome => {
  const { record } = line;
  const entry = state.entries.get(record.nativeKey)?.value;
  const { resolution, known } = resolveRecord(record, identifiers, state);
  if (resolution.kind === 'ambiguous') return { ...startOutcome(record), ...describeUndecided(resolution) };
  const { at, warnings } = observedAt(record, run.storedAt);
  const since = latest(lastSaid(known, facetKey(run.source, record.half)), entry?.revivedAt);
  const isListed = known.ci !== undefined && isListedOtherwise(state, known.ci.ciId, record.nativeKey);
  const isOld = !isListed && since !== undefined && since > at;
  const isVouchedFor = state.rulings.get(record.recordIndex)?.byPerson === true;
  if (isOld && isClose(at, since) && !isVouchedFor) return contested(record, known, 'observed', since, at);

  const ci = known.ci === undefined || isListed ? known.ci : retireCi(known.ci, at);
  const isNews = !isOld && !(entry?.deletedAt !== undefined && entry.deletedAt >= at);
  const changed = isNews && !sameContent(known.ci, ci);
  const outcome = changed ? ('updated' as const) : ('unchanged' as const);
  const rule = resolution.kind === 'match' ? resolution.rule : 'native-key';
  if (isNews) stage({ line, run, now, state, staging, ci, at, outcome, rule });
  return {
    ...startOutcome(record),
    outcome,
    ...idsOf({ ciId: ci?.ciId, assetId: known.asset?.assetId }),
    ...(resolution.kind === 'match' ? { matchedBy: matchedBy(resolution, identifiers) } : {}),
    ...(changed ? { changes: [statusChange(known.ci?.status, ci?.status, run.source)] } : {}),
    warnings: [
      ...record.warnings,
      ...warnings,
      ...(isOld ? [{ code: 'stale-observation', detail: `Observed again at ${since}; the deletion is older.` }] : []),
      ...(isListed && isNews ? [listedOtherwise] : []),
      ...(ci === undefined ? [{ code: 'deleted-unknown', detail: 'What was deleted is not known here.' }] : []),
    ],
  };
};

const listedOtherwise = {
  code: 'listed-otherwise',
  detail:
    'It was merged from several records of this source, of which another one is still there: only this record is gone.',
};

const latest = (...moments: (string | undefined)[]): string | undefined =>
  moments.reduce((a, b) => (a === undefined || b === undefined ? (a ?? b) : laterOf(a, b)), undefined);

const statusChange = (before: Ci['status'] | undefined, after: Ci['status'] | undefined, winningSource: string) => ({
  entity: 'ci' as const,
  field: 'status',
  before,
  incoming: 'retired',
  after,
  winningSource,
});

type Staged = Omit<Deletion, 'identifiers'> &
  Pick<SourceEntry, 'outcome' | 'rule'> & { ci: Ci | undefined; at: string };

/** The CI and its source entry in one transaction. */
const stage = ({ line, run, now, state, staging, ci, at, ...done }: Staged): void => {
  const { record, print } = line;
  const stored = ci === undefined ? undefined : state.cis.get(ci.ciId);
  if (ci !== undefined && !sameContent(stored?.value, ci)) {
    const change = (before: Ci | undefined) => ({
      type: before === undefined ? 'CiCreated' : 'CiUpdated',
      by: `source:${run.source}`,
      at: laterOf(now, stored?.change?.at ?? now),
      correlationId: run.runId,
      record: record.recordIndex,
    });
    state.cis.set(ci.ciId, staging.put(record.recordIndex, ciEntity, stored, ci, { change, atomic: true }));
  }
  const entry = state.entries.get(record.nativeKey);
  const {
    unrelated: _unrelated,
    revivedAt: _revivedAt,
    missingSince: _missingSince,
    piece: _piece,
    ...known
  } = entry?.value ?? {};
  const { [relationsSection]: _related, ...fingerprint } = mergeFingerprint(entry?.value.fingerprint, print, false);
  const next: SourceEntry = {
    ...known,
    source: run.source,
    nativeKey: record.nativeKey,
    fingerprint,
    ...(ci === undefined ? {} : { ciId: ci.ciId }),
    run: run.runId,
    record: record.recordIndex,
    deletedAt: at,
    relatedAt: at,
    ...done,
  };
  const options = { atomic: true };
  state.entries.set(record.nativeKey, staging.put(record.recordIndex, sourceEntryEntity, entry, next, options));
};
