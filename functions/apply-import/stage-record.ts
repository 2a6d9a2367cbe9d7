import type { Asset } from '../../domain/asset/asset.ts';
import type { Identifier } from '../../domain/identity/identifier.ts';
import type { RecordDecision } from '../../domain/import/decide-record.ts';
import {
  type Fingerprint,
  isUnchanged,
  mergeFingerprint,
  relationsSection,
  wholePrintOf,
} from '../../domain/import/fingerprint.ts';
import type { Outcome } from '../../domain/import/outcome.ts';
import type { KnownPair } from '../../domain/import/record-input.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import type { Change } from '../../domain/shared/change.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { assetEntity } from '../assets/entity.ts';
import { bindingEntity } from '../bindings/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { claimEntity } from '../lookup/entity.ts';
import type { ChunkLine } from '../plan-import/chunk-line.ts';
import { sourceEntryEntity } from '../plan-import/source-entry.ts';
import { digest } from '../shared/digest.ts';
import { claimsToChange } from './claims.ts';
import type { Staging } from './staging.ts';
import type { State } from './state.ts';

type Decided = {
  line: ChunkLine;
  run: StoredRun;
  now: string;
  state: State;
  staging: Staging;
  identifiers: readonly Identifier[];
  known: KnownPair;
  decided: RecordDecision;
  outcome: Outcome;
  rule: string;
  heardAt?: string;
  revivedAt?: string;
  /** A full listing no longer had it, and this record was stored later. */
  isBack: boolean;
  /** When it was observed. */
  observedAt: string;
};

/** Stages everything one record changes, and moves the batch's state on, so that the next record sees it. */
export const stageRecord = ({
  line,
  run,
  now,
  state,
  staging,
  identifiers,
  known,
  decided,
  observedAt,
  isBack,
  ...done
}: Decided): void => {
  const { record, print } = line;
  const at = record.recordIndex;
  const changed = (type: string, previous?: Change): Change => ({
    type,
    by: `source:${run.source}`,
    at: previous === undefined ? now : laterOf(now, previous.at),
    correlationId: run.runId,
    record: at,
  });
  const { asset, ci, binding } = decided;

  const claims = claimsToChange(state, identifiers, known, decided);
  const entry = state.entries.get(record.nativeKey);
  const { deletedAt: toldDead, relatedAt = '', missingSince, piece: _piece, ...lasting } = entry?.value ?? {};
  const deletedAt = done.revivedAt === undefined ? toldDead : undefined;
  const { [relationsSection]: related, ...facts } = mergeFingerprint(
    entry?.value.fingerprint,
    print,
    record.partial,
    decided.stale,
  );
  // What is deleted relates to nothing, whatever was observed before.
  const fingerprint = {
    ...facts,
    ...(related === undefined || deletedAt !== undefined ? {} : { [relationsSection]: related }),
  };
  const isNews = claims.length > 0 || !sameContent(asset, known.asset) || !sameContent(ci, known.ci);
  if (
    !isNews &&
    done.heardAt === undefined &&
    done.revivedAt === undefined &&
    (missingSince === undefined || !isBack) &&
    sameContent(entry?.value.fingerprint, fingerprint)
  )
    return;
  for (const claim of claims) {
    const stored = state.claims.get(claim.claimKey);
    state.claims.set(claim.claimKey, staging.put(at, claimEntity, stored, claim, { atomic: true }));
  }
  if (asset !== undefined && !sameContent(asset, known.asset)) {
    const stored = state.assets.get(asset.assetId);
    const change = (before?: Asset) => changed(assetChange(before, asset), stored?.change);
    const atomic = stored === undefined || binding !== undefined;
    state.assets.set(asset.assetId, staging.put(at, assetEntity, stored, asset, { change, atomic }));
  }
  if (ci !== undefined && !sameContent(ci, known.ci)) {
    const stored = state.cis.get(ci.ciId);
    const change = (before?: unknown) => changed(before === undefined ? 'CiCreated' : 'CiUpdated', stored?.change);
    const atomic = stored === undefined || binding !== undefined;
    state.cis.set(ci.ciId, staging.put(at, ciEntity, stored, ci, { change, atomic }));
  }
  if (binding !== undefined) {
    staging.put(at, bindingEntity, undefined, binding, { change: () => changed('AssetBound'), atomic: true });
  }
  if (asset !== undefined) staging.rely(at, assetEntity, asset.assetId);
  if (ci !== undefined) staging.rely(at, ciEntity, ci.ciId);
  const lastRelated = print[relationsSection] === undefined ? relatedAt : laterOf(relatedAt, observedAt);
  const next = {
    ...lasting,
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(missingSince === undefined || isBack ? {} : { missingSince }),
    ...(lastRelated === '' ? {} : { relatedAt: lastRelated }),
    source: run.source,
    nativeKey: record.nativeKey,
    fingerprint,
    ...(ci === undefined ? {} : { ciId: ci.ciId }),
    ...(asset === undefined ? {} : { assetId: asset.assetId }),
    ...pieceOf(line, fingerprint),
    run: run.runId,
    record: at,
    ...done,
  };
  state.entries.set(record.nativeKey, staging.put(at, sourceEntryEntity, entry, next, { atomic: entry === undefined }));
};

/** The element stands for the entry only if all that it says was taken: else it must be read when it comes again. */
const pieceOf = ({ record, print, piece }: ChunkLine, fingerprint: Fingerprint): { piece?: string } =>
  piece !== undefined && isUnchanged(fingerprint, print, record.partial)
    ? { piece: `${piece} ${wholePrintOf(fingerprint, digest)}` }
    : {};

const assetChange = (before: Asset | undefined, after: Asset): string => {
  if (before === undefined) return 'AssetCreated';
  return before.status === after.status ? 'AssetUpdated' : 'AssetStatusChanged';
};
