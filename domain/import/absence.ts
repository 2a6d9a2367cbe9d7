import type { Ci } from '../ci/ci.ts';
import type { RecordDecision } from './decide-record.ts';
import type { RunProblem } from './run.ts';
import type { SourceEntry } from './source-index.ts';
import type { StoredRun } from './stored-run.ts';

/** More than this share of a source missing at once is rather a cut-off export than a lost fleet: a person confirms it. A source may have a limit of its own. */
const mostMissingPercent = 20;

type Counted = { live: number; missing: number };

/** Is the source waiting for this thing: did it list it last, and has not said that it was deleted? */
export const isLive = ({ missingSince, deletedAt }: SourceEntry): boolean =>
  missingSince === undefined && deletedAt === undefined;

/** A full listing without faults that was carried out: only such a one says what is missing. A row that cannot be read may be anything. */
export const tellsAbsence = ({ snapshot, counts }: StoredRun): boolean =>
  snapshot === true && counts.rejected === 0 && counts.records > 0;

/** Why nothing may be marked yet; undefined when it may be. */
export const tooManyMissing = (
  { source, absence, settings }: StoredRun,
  { live, missing }: Counted,
): RunProblem | undefined => {
  const limit = settings?.missingLimitPercent ?? mostMissingPercent;
  if (absence?.confirmed === true || missing * 100 <= live * limit) return undefined;
  const detail =
    `${missing} of ${live} things that "${source}" listed before are not in this file: more than ${limit} %. ` +
    'None is marked missing. If the file is complete, apply the run to confirm it; else upload the whole list.';
  return { code: 'too-many-missing', detail };
};

/** The CI of a thing that no source lists any more. A status set by hand stays, and so does a retired one. */
export const missCi = (ci: Ci): Ci =>
  ci.statusSetBy === 'import' && ci.status === 'operational' ? { ...ci, status: 'missing' } : ci;

/** Was the record stored after the listing that no longer had the thing? An older file that comes late does not bring it back. */
export const isListedAgain = (entry: SourceEntry | undefined, storedAt: string): boolean =>
  entry?.missingSince === undefined || entry.missingSince < storedAt;

/** A missing thing that a source reports is there again. */
export const noLongerMissing = (decided: RecordDecision, isBack: boolean): RecordDecision =>
  isBack && decided.ci?.status === 'missing' && decided.ci.statusSetBy === 'import'
    ? { ...decided, ci: { ...decided.ci, status: 'operational' } }
    : decided;
