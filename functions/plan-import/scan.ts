import { DiscoveryRecord, type ParsedRecord } from '../../domain/discovery/record.ts';
import { type Fingerprint, fingerprintOf, isUnchanged, wholePrintOf } from '../../domain/import/fingerprint.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';
import { digest } from '../shared/digest.ts';
import type { Table } from '../store/table.ts';
import type { ChunkLine } from './chunk-line.ts';
import { OutOfTime } from './deadline.ts';
import { sourceEntryEntity } from './source-entry.ts';
import type { EntryTable } from './source-index/entry-table.ts';
import { type KeyFilter, keyFilter } from './source-index/key-filter.ts';
import { isWorthReading, readIndex, type SourceName } from './source-index/read-index.ts';

/** The first batch tells how the rest is compared best: it is small, since a file of one device is one batch as well. */
const firstBatch = 50;
const batchSize = 500;

/** What the planner finds of one batch of records: nothing to do (with the record, if it could be read), or a line to be applied. */
export type Scanned = { outcome: RecordOutcome; record?: DiscoveryRecord } | { line: ChunkLine; relates: boolean };

export type ScanScope = SourceName & {
  table: Table;
  /** Of the upload, in bytes, if that is known. */
  size?: number;
  /** Must it be noted that the source still speaks of this thing, though it says nothing new? */
  isDue?: (entry: SourceEntry, record: DiscoveryRecord) => boolean;
  /** Is a record about this thing handed on though it says nothing new? */
  isSought?: (known: { ciId?: string; assetId?: string }) => boolean;
  changed?: KeyFilter;
  /** Records before this one were cut already. */
  from?: number;
  /** The whole index is read at once. */
  isIndexed?: boolean;
  /** Is it time to compare what was read, and to stop there? */
  mustStop?: () => boolean;
  readIndexAfter?: number;
  /** Is told when the whole index was read. */
  use?: (entries: EntryTable) => void;
};

/**
 * Compares every record with what its source said last, in batches. A record that says nothing new ends here, read but never
 * written; one that cannot be read ends as `rejected`; the rest is handed on. Where the file is large for the index of its source, the
 * whole index is read after the first batch; else the entries of each batch are asked for. When time is over it ends early: then every
 * record up to the last one that was read has been handed on, or was recognised.
 */
export const scanRecords = async function* (
  scope: ScanScope,
  records: AsyncIterable<ParsedRecord>,
): AsyncIterable<Scanned[]> {
  const changed = scope.changed ?? keyFilter();
  let batch: ParsedRecord[] = [];
  let all: EntryTable | undefined;
  let seen = 0;
  const useIndex = async () => {
    all = await readIndex(scope.table, scope);
    scope.use?.(all);
  };
  if (scope.isIndexed === true) await useIndex();
  try {
    for await (const parsed of records) {
      if (recordIndexOf(parsed) < (scope.from ?? 0)) continue;
      batch.push(parsed);
      if ('record' in parsed) changed.hold(parsed.record.nativeKey);
      const isOver = scope.mustStop?.() === true;
      if (!isOver && batch.length < (seen === 0 ? (scope.readIndexAfter ?? firstBatch) : batchSize)) continue;
      yield await compare(scope, batch, all, changed);
      changed.release();
      seen += batch.length;
      const isForced = scope.readIndexAfter !== undefined;
      const rest = () => isWorthReading(scope.table, scope, restOf(scope, batch, seen));
      if (!isOver && all === undefined && (isForced || (await rest()))) await useIndex();
      batch = [];
      if (isOver) return;
    }
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
  }
  if (batch.length > 0) yield await compare(scope, batch, all, changed);
};

const recordIndexOf = (parsed: ParsedRecord): number =>
  'fault' in parsed ? parsed.fault.recordIndex : parsed.record.recordIndex;

/** How many records are to come, by the size of those that came; where the size is not known, as many as came. */
const restOf = ({ size = 0 }: ScanScope, batch: readonly ParsedRecord[], seen: number): number =>
  size === 0 ? seen : (size / JSON.stringify(batch).length) * batch.length - seen;

const compare = async (
  scope: ScanScope,
  batch: ParsedRecord[],
  all: EntryTable | undefined,
  changed: KeyFilter,
): Promise<Scanned[]> => {
  const checked = batch.map(check);
  const prints = checked.map((one) => ('record' in one ? fingerprintOf(one.record, digest) : {}));
  const settled = checked.map((one, n) =>
    'record' in one ? settle(scope, one.record, prints[n] ?? {}, all) : undefined,
  );
  const names = new Set(
    checked.flatMap((one, n) => ('record' in one && settled[n] === undefined ? [one.record.nativeKey] : [])),
  );
  const keys = [...names].map((nativeKey) =>
    sourceEntryEntity.keyOf(scope.tenant, { source: scope.source, nativeKey }),
  );
  const entries = new Map<string, SourceEntry>();
  for (const item of await scope.table.getMany(keys)) {
    const { value } = sourceEntryEntity.fromItem(item);
    entries.set(value.nativeKey, value);
  }
  return checked.map((one, n) => {
    if (!('record' in one)) return one;
    const { record, piece } = one;
    const { nativeKey } = record;
    const known = settled[n] ?? judge(record, prints[n] ?? {}, entries.get(nativeKey), scope.isDue);
    if (known.kind === 'unchanged' && !changed.has(nativeKey) && scope.isSought?.(known) !== true)
      return { record, outcome: unchangedOutcome(record, known) };
    changed.add(nativeKey);
    const relations = [...(record.relations ?? []), ...(known.relations ?? [])];
    const relates = relations.length > 0 || record.action === 'delete';
    return { line: { record, print: prints[n] ?? {}, ...(piece === undefined ? {} : { piece }) }, relates };
  });
};

/** Only what the contract takes goes on: one odd key must not stop the batch it is read with. */
const check = (parsed: ParsedRecord): { outcome: RecordOutcome } | { record: DiscoveryRecord; piece?: string } => {
  if ('fault' in parsed) return { outcome: { ...parsed.fault, outcome: 'rejected', warnings: [] } };
  const { success, data, error } = DiscoveryRecord.safeParse(parsed.record);
  if (!success) return { outcome: rejected(parsed.record, error.issues) };
  return { record: data, ...(parsed.piece === undefined ? {} : { piece: parsed.piece }) };
};

type Judged = { kind: 'unchanged' | 'changed'; ciId?: string; assetId?: string; relations?: readonly string[] };

/** What the whole index tells by itself: nothing is known by this name, or it says the same. Undefined: the entry has to be asked. */
const settle = (
  { isDue }: ScanScope,
  record: DiscoveryRecord,
  print: Fingerprint,
  all: EntryTable | undefined,
): Judged | undefined => {
  if (all === undefined) return undefined;
  const found = all.ofKey(record.nativeKey, wholePrintOf(print, digest));
  if (found === undefined) return { kind: 'changed' };
  return found.same && !record.partial && isDue === undefined ? { kind: 'unchanged', ...found.known } : undefined;
};

const judge = (
  record: DiscoveryRecord,
  print: Fingerprint,
  entry: SourceEntry | undefined,
  isDue: ScanScope['isDue'],
): Judged => {
  if (entry === undefined) return { kind: 'changed' };
  const { ciId, assetId, relations = [] } = entry;
  const isNews =
    entry.unrelated ||
    entry.missingSince !== undefined ||
    (entry.deletedAt !== undefined && record.action === 'upsert') ||
    !isUnchanged(entry.fingerprint, print, record.partial) ||
    isDue?.(entry, record) === true;
  return {
    kind: isNews ? 'changed' : 'unchanged',
    relations,
    ...(ciId === undefined ? {} : { ciId }),
    ...(assetId === undefined ? {} : { assetId }),
  };
};

const unchangedOutcome = (record: DiscoveryRecord, { ciId, assetId }: Judged): RecordOutcome => ({
  recordIndex: record.recordIndex,
  ...(record.line === undefined ? {} : { line: record.line }),
  outcome: 'unchanged',
  ...(ciId === undefined ? {} : { ciId }),
  ...(assetId === undefined ? {} : { assetId }),
  matchedBy: { rule: 'native-key', identifiers: [{ type: 'nativeKey', value: record.nativeKey }] },
  warnings: record.warnings,
  errors: [],
});

const rejected = (record: DiscoveryRecord, issues: { path: PropertyKey[]; message: string }[]): RecordOutcome => ({
  recordIndex: record.recordIndex,
  ...(record.line === undefined ? {} : { line: record.line }),
  outcome: 'rejected',
  warnings: record.warnings,
  errors: issues.slice(0, 20).map(({ path, message }) => ({
    ...(record.line === undefined ? {} : { line: record.line }),
    pointer: `/${path.map(String).join('/')}`,
    reason: message,
  })),
});
