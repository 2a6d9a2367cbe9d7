import { randomUUID } from 'node:crypto';
import type { ParsedRecord } from '../../domain/discovery/record.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { isDueToRenew } from '../../domain/reconcile/renew.ts';
import { observedAt } from '../apply-import/observed-at.ts';
import { UnreadableFile } from '../imports/formats/format.ts';
import type { KnownPieces } from '../imports/formats/known-pieces.ts';
import { readViewing } from '../reconciliation/read-viewing.ts';
import { lostAssets } from '../sightings/lost-assets.ts';
import { noteSeen } from '../sightings/note-seen.ts';
import { changedKeys, pausedRun, startedRun } from './checkpoint.ts';
import { cutFiles } from './cut-files.ts';
import { OutOfTime, startDeadline } from './deadline.ts';
import type { PlanContext } from './plan-context.ts';
import { type ScanScope, scanRecords } from './scan.ts';
import type { EntryTable } from './source-index/entry-table.ts';
import { recogniser } from './source-index/recogniser.ts';

/** How the records of an upload are read. `reader`: everything beside its bytes that decides what an element becomes, where one can tell. */
export type Reading = {
  format: string;
  size: number;
  reader?: readonly string[];
  parse: (pieces: KnownPieces | undefined) => AsyncIterable<ParsedRecord>;
};

/**
 * Reads the records of an upload, sets aside those that say nothing new, and lays the rest in the data bucket as chunk files. Gives
 * the run as it then is: with `progress` where the function's time was over before the file was, and somebody has to go on. Throws
 * `UnreadableFile`: `no-records`, `planning-too-long`, and what the format does.
 */
export const cutChunks = async (
  context: PlanContext,
  run: StoredRun,
  { format, size, reader, parse }: Reading,
): Promise<StoredRun> => {
  const started = startedRun(run, randomUUID());
  const files = cutFiles(context.data, started, run.progress);
  const deadline = startDeadline(context.timeLeft);
  const changed = await changedKeys(context.data, run);
  const { rules } = await readViewing(context.table, run.tenant, context.clock().toISOString());
  // Where the silence of a source counts, each record has to be asked whether it is to be noted that it was there.
  const isRecognised = reader !== undefined && rules.shortestFreshnessMs === undefined;
  const lost = await lostAssets(context.table, run);
  const isWanted = lost.isEmpty ? undefined : lost.has;
  const settle = async () => {
    await files.settle();
    if (deadline.mustStop(files.isAhead())) throw new OutOfTime();
  };
  const found = files.known;
  const isContinued = run.progress !== undefined;
  const pieces = isRecognised
    ? recogniser({ reader, changed, ...(isWanted && { isWanted }), found, settle, isContinued })
    : undefined;
  let isIndexed = false;
  const scope: ScanScope = {
    // A plan tells of nothing: what it is to tell of when it is carried out has to be in its chunks.
    ...(run.mode === 'plan' && isWanted !== undefined ? { isSought: isWanted } : {}),
    table: context.table,
    tenant: run.tenant,
    source: run.source,
    size,
    changed,
    from: run.progress?.records ?? 0,
    isIndexed: run.progress?.isIndexed === true,
    // A record that was just read is further on than the planner before came.
    mustStop: () => deadline.mustStop(true),
    use: (entries: EntryTable) => {
      isIndexed = true;
      pieces?.use(entries);
    },
    ...(context.readIndexAfter === undefined ? {} : { readIndexAfter: context.readIndexAfter }),
    ...(rules.shortestFreshnessMs === undefined
      ? {}
      : { isDue: ({ heardAt }, record) => isDueToRenew(rules, heardAt, observedAt(record, run.storedAt).at) }),
  };
  for await (const batch of scanRecords(scope, parse(pieces))) {
    const idle = batch.flatMap((one) =>
      'line' in one || one.record === undefined ? [] : [{ ...one, record: one.record }],
    );
    if (run.mode === 'apply') await noteSeen(context.table, run, context.clock().toISOString(), idle);
    for (const one of batch) await files.add(one);
  }
  const cut = await files.end();
  if (deadline.hasPassed()) return pausedRun(context.data, { ...started, format }, { cut, changed, isIndexed });
  const { records, unchanged, rejected, ...parts } = cut;
  if (records === 0) throw new UnreadableFile({ code: 'no-records', detail: 'The file holds no records.' });
  const counts = { records, unchanged, rejected };
  const { progress: _progress, ...rest } = started;
  return { ...rest, ...parts, scanned: counts, format, counts: { ...run.counts, ...counts } };
};
