import { RecordOutcome } from '../../domain/import/run.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { Change } from '../../domain/shared/change.ts';
import { getLines } from '../objects/ndjson.ts';
import { type ChunkLine, runFiles } from '../plan-import/chunk-line.ts';
import type { ApplyContext } from './context.ts';
import { identifiersIn } from './identifiers.ts';
import { idsOf, startOutcome } from './outcome.ts';
import { resolveRecord } from './resolve-record.ts';
import type { State } from './state.ts';

/** What a plan found of each record of a chunk, by record. Empty for a run that was not planned first. */
export type Planned = ReadonlyMap<number, RecordOutcome>;

export const readPlanned = async ({ data }: ApplyContext, run: StoredRun, chunk: number): Promise<Planned> => {
  if (run.mode !== 'apply' || run.planned !== true) return new Map();
  const lines = await getLines(data, runFiles(run).outcomes('plan', chunk));
  return new Map(lines.map((line) => RecordOutcome.parse(line)).map((outcome) => [outcome.recordIndex, outcome]));
};

type Versions = Pick<State, 'assets' | 'cis'>;

/** A plan's outcome with the versions of what it was decided on, as they stood before the plan. */
export const withSeen = (outcome: RecordOutcome, { assets, cis }: Versions): RecordOutcome => {
  const asset = assets.get(outcome.assetId ?? '')?.version;
  const ci = cis.get(outcome.ciId ?? '')?.version;
  const seen = { ...(asset === undefined ? {} : { asset }), ...(ci === undefined ? {} : { ci }) };
  return { ...outcome, seen };
};

/**
 * The outcome of a record whose thing has moved since the plan that is carried out, or that would be another thing now: it is told and not
 * forced. What this very run has done meanwhile, and what a person has decided of the record, is no surprise. Undefined: as planned.
 */
export const movedSince = (
  planned: RecordOutcome | undefined,
  { record }: ChunkLine,
  run: StoredRun,
  state: State,
): RecordOutcome | undefined => {
  const isDone = state.entries.get(record.nativeKey)?.value.run === run.runId;
  if (planned === undefined || isDone || state.rulings.has(record.recordIndex)) return undefined;
  const { resolution, known } = resolveRecord(record, identifiersIn(record, run.source), state);
  const isOwn = (one: { change?: Change } | undefined) => one?.change?.correlationId === run.runId;
  const moved = (['asset', 'ci'] as const).flatMap((kind) => {
    const id = planned[`${kind}Id`];
    const now = id === undefined ? undefined : state[kind === 'asset' ? 'assets' : 'cis'].get(id);
    const seen = planned.seen?.[kind];
    if (seen === undefined || now === undefined || now.version === seen || isOwn(now)) return [];
    const by = now.change === undefined ? '' : `, by ${now.change.by} at ${now.change.at}`;
    return [`${id} is version ${now.version} now; the plan saw version ${seen}${by}.`];
  });
  const found = { assetId: known.asset?.assetId, ciId: known.ci?.ciId };
  const holders = [state.assets.get(found.assetId ?? ''), state.cis.get(found.ciId ?? '')].filter(
    (one) => one !== undefined,
  );
  const wasUndecided = planned.outcome === 'ambiguous' || planned.outcome === 'held';
  const isOther =
    resolution.kind === 'match' &&
    !holders.some(isOwn) &&
    (planned.outcome === 'created' || wasUndecided || differs(found, planned));
  const isNew = resolution.kind === 'new' && planned.outcome !== 'created';
  if (isOther) moved.push(`It would be ${found.assetId ?? found.ciId} now; the plan said ${planned.outcome}.`);
  if (isNew) moved.push(`It would be a new thing now; the plan said ${planned.outcome}.`);
  if (moved.length === 0) return undefined;
  const errors = moved.map((reason) => ({ reason: `Moved since the plan: ${reason}` }));
  return { ...startOutcome(record), outcome: 'refused', ...idsOf(found), errors };
};

type Ids = { assetId?: string | undefined; ciId?: string | undefined };

const differs = (found: Ids, planned: Ids): boolean =>
  (found.assetId !== undefined && planned.assetId !== undefined && found.assetId !== planned.assetId) ||
  (found.ciId !== undefined && planned.ciId !== undefined && found.ciId !== planned.ciId);
