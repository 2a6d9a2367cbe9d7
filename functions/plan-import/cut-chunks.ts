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
import { cutFiles } from './cut-files.ts';
import type { PlanContext } from './plan-context.ts';
import { scanRecords } from './scan.ts';
import { keyFilter } from './source-index/key-filter.ts';
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
 * the run as it then is. Throws `UnreadableFile`: `no-records`, and what the format does.
 */
export const cutChunks = async (
  context: PlanContext,
  run: StoredRun,
  { format, size, reader, parse }: Reading,
): Promise<StoredRun> => {
  const started = { ...run, cut: randomUUID() };
  const files = cutFiles(context.data, started);
  const changed = keyFilter();
  const { rules } = await readViewing(context.table, run.tenant, context.clock().toISOString());
  // Where the silence of a source counts, each record has to be asked whether it is to be noted that it was there.
  const isRecognised = reader !== undefined && rules.shortestFreshnessMs === undefined;
  const { has: isWanted } = await lostAssets(context.table, run);
  const pieces = isRecognised
    ? recogniser({ reader, changed, isWanted, found: files.known, settle: files.settle })
    : undefined;
  const scanned = scanRecords(
    {
      table: context.table,
      tenant: run.tenant,
      source: run.source,
      size,
      changed,
      // A plan tells of nothing: what it is to tell of when it is carried out has to be in its chunks.
      ...(run.mode === 'plan' ? { isSought: isWanted } : {}),
      ...(context.readIndexAfter === undefined ? {} : { readIndexAfter: context.readIndexAfter }),
      ...(pieces === undefined ? {} : { use: pieces.use }),
      ...(rules.shortestFreshnessMs === undefined
        ? {}
        : { isDue: ({ heardAt }, record) => isDueToRenew(rules, heardAt, observedAt(record, run.storedAt).at) }),
    },
    parse(pieces),
  );
  for await (const batch of scanned) {
    const idle = batch.flatMap((one) =>
      'line' in one || one.record === undefined ? [] : [{ ...one, record: one.record }],
    );
    if (run.mode === 'apply') await noteSeen(context.table, run, context.clock().toISOString(), idle);
    for (const one of batch) await files.add(one);
  }
  const { records, unchanged, rejected, ...parts } = await files.end();
  if (records === 0) throw new UnreadableFile({ code: 'no-records', detail: 'The file holds no records.' });
  const counts = { records, unchanged, rejected };
  return { ...started, ...parts, scanned: counts, format, counts: { ...run.counts, ...counts } };
};
