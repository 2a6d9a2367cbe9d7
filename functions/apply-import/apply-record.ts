import { claimKeyOf, type Identifier } from '../../domain/identity/identifier.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { type Resolution, resolveIdentity } from '../../domain/identity/resolve.ts';
import { changesOf } from '../../domain/import/changes.ts';
import { decideRecord, type RecordDecision } from '../../domain/import/decide-record.ts';
import type { KnownPair, RecordInput } from '../../domain/import/record-input.ts';
import type { Outcome, RecordOutcome } from '../../domain/import/run.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import type { ChunkLine } from '../plan-import/chunk-line.ts';
import { digest } from '../shared/digest.ts';
import { stageRecord } from './stage-record.ts';
import type { Staging } from './staging.ts';
import { candidatesOf, deviceOf, pairOf, type State } from './state.ts';

/**
 * One record, from identity to staged writes. In a plan nothing is staged; the outcome tells what would be done.
 * An ambiguous or held record touches nothing.
 */
export const applyRecord = (
  line: ChunkLine,
  run: StoredRun,
  now: string,
  state: State,
  staging: Staging | undefined,
): RecordOutcome => {
  const { record, print } = line;
  const base = {
    recordIndex: record.recordIndex,
    ...(record.line === undefined ? {} : { line: record.line }),
    warnings: record.warnings,
    errors: [],
  };
  const entry = state.entries.get(record.nativeKey)?.value;
  if (entry?.run === run.runId && entry.record === record.recordIndex) {
    const { outcome, ciId, assetId } = entry;
    return { ...base, outcome, ...idsOf({ ciId, assetId }) };
  }

  const identifiers = normaliseIdentifiers(record, run.source);
  const native = entry === undefined ? {} : pairOf(state, entry);
  const nativeDevice = deviceOf(native);
  const { nature, partial, half, nativeKey, ciClass } = record;
  const resolution = resolveIdentity({
    nature,
    partial,
    half,
    nativeKey,
    ...(ciClass === undefined ? {} : { ciClass }),
    identifiers,
    candidates: candidatesOf(state, identifiers),
    ...(nativeDevice === undefined ? {} : { nativeDevice }),
  });
  if (resolution.kind === 'ambiguous' || resolution.kind === 'held') return { ...base, ...undecided(resolution) };

  const known: KnownPair = resolution.kind === 'match' ? pairOf(state, resolution.device) : {};
  const input: RecordInput = { record, print, identifiers, ...run, at: record.observedAt ?? run.storedAt, now, digest };
  const decided = decideFresh(input, known, state);
  const changed = !sameContent(known.asset, decided.asset) || !sameContent(known.ci, decided.ci);
  const outcome = outcomeOf(resolution, nativeDevice !== undefined, changed);
  if (staging !== undefined) stageRecord({ line, run, now, state, staging, identifiers, known, decided, outcome });
  return {
    ...base,
    outcome,
    ...idsOf({ ciId: decided.ci?.ciId, assetId: decided.asset?.assetId }),
    ...(resolution.kind === 'match'
      ? { matchedBy: matchedBy(resolution) }
      : { matchedBy: { rule: resolution.rule, identifiers: namesOf(identifiers) } }),
    ...(changed ? { changes: changesOf(known, decided, run.source) } : {}),
    warnings: [...record.warnings, ...rejectedValues(identifiers), ...decided.warnings],
  };
};

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

const outcomeOf = (resolution: Resolution, seenBefore: boolean, changed: boolean): Outcome => {
  if (resolution.kind === 'new') return 'created';
  if (!seenBefore) return 'linked';
  return changed ? 'updated' : 'unchanged';
};

const undecided = (
  resolution: Extract<Resolution, { kind: 'ambiguous' | 'held' }>,
): Pick<RecordOutcome, 'outcome' | 'candidates' | 'errors'> =>
  resolution.kind === 'held'
    ? { outcome: 'held', errors: [{ reason: resolution.reason }] }
    : {
        outcome: 'ambiguous',
        candidates: resolution.candidates.map(({ device, evidence }) => ({ ...idsOf(device), evidence })),
        errors: [],
      };

const matchedBy = ({ rule, identifiers }: Extract<Resolution, { kind: 'match' }>) => ({ rule, identifiers });

const namesOf = (identifiers: readonly Identifier[]) =>
  identifiers
    .filter(({ strength }) => strength === 'strong' || strength === 'medium')
    .map(({ type, value }) => ({ type, value }));

const rejectedValues = (identifiers: readonly Identifier[]) =>
  identifiers
    .filter(({ strength }) => strength === 'rejected')
    .map((one) => ({
      code: 'identifier-not-used',
      detail: `${claimKeyOf(one).replace('#', ' ')}: ${one.reason ?? 'placeholder'}`,
    }));

const idsOf = ({ ciId, assetId }: { ciId?: string | undefined; assetId?: string | undefined }) => ({
  ...(ciId === undefined ? {} : { ciId }),
  ...(assetId === undefined ? {} : { assetId }),
});
