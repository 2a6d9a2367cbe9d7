import { DiscoveryRecord, type ParsedRecord } from '../../domain/discovery/record.ts';
import { fingerprintOf, isUnchanged } from '../../domain/import/fingerprint.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';
import { digest } from '../shared/digest.ts';
import type { Table } from '../store/table.ts';
import type { ChunkLine } from './chunk-line.ts';
import { sourceEntryEntity } from './source-entry.ts';

const batchSize = 500;

/** What the planner finds of one batch of records: nothing to do, or a line to be applied. */
export type Scanned = { outcome: RecordOutcome } | { line: ChunkLine; relates: boolean };

/** Must it be noted that the source still speaks of this thing, though it says nothing new? */
export type IsDue = (entry: SourceEntry, record: DiscoveryRecord) => boolean;

/**
 * Compares every record with what its source said last, in batches. A record that says nothing new ends here, read but never
 * written; one that cannot be read ends as `rejected`; the rest is handed on.
 */
export const scanRecords = async function* (
  table: Table,
  tenant: string,
  source: string,
  records: AsyncIterable<ParsedRecord>,
  isDue: IsDue = () => false,
): AsyncIterable<Scanned[]> {
  let batch: ParsedRecord[] = [];
  for await (const parsed of records) {
    batch.push(parsed);
    if (batch.length < batchSize) continue;
    yield await compare(table, tenant, source, batch, isDue);
    batch = [];
  }
  if (batch.length > 0) yield await compare(table, tenant, source, batch, isDue);
};

const compare = async (
  table: Table,
  tenant: string,
  source: string,
  batch: ParsedRecord[],
  isDue: IsDue,
): Promise<Scanned[]> => {
  const checked = batch.map(check);
  const keys = checked.flatMap((one) =>
    'record' in one ? [sourceEntryEntity.keyOf(tenant, { source, nativeKey: one.record.nativeKey })] : [],
  );
  const entries = new Map<string, SourceEntry>();
  for (const item of await table.getMany(keys)) {
    const { value } = sourceEntryEntity.fromItem(item);
    entries.set(value.nativeKey, value);
  }
  return checked.map((one) => ('record' in one ? judge(one.record, entries, isDue) : one));
};

/** Only what the contract takes goes on: one odd key must not stop the batch it is read with. */
const check = (parsed: ParsedRecord): { outcome: RecordOutcome } | { record: DiscoveryRecord } => {
  if ('fault' in parsed) return { outcome: { ...parsed.fault, outcome: 'rejected', warnings: [] } };
  const { success, data, error } = DiscoveryRecord.safeParse(parsed.record);
  return success ? { record: data } : { outcome: rejected(parsed.record, error.issues) };
};

const judge = (record: DiscoveryRecord, entries: ReadonlyMap<string, SourceEntry>, isDue: IsDue): Scanned => {
  const entry = entries.get(record.nativeKey);
  const print = fingerprintOf(record, digest);
  if (
    entry === undefined ||
    entry.unrelated ||
    entry.missingSince !== undefined ||
    (entry.deletedAt !== undefined && record.action === 'upsert') ||
    !isUnchanged(entry.fingerprint, print, record.partial) ||
    isDue(entry, record)
  ) {
    const relations = [...(record.relations ?? []), ...(entry?.relations ?? [])];
    return { line: { record, print }, relates: relations.length > 0 || record.action === 'delete' };
  }
  const { recordIndex, line, warnings } = record;
  const { ciId, assetId } = entry;
  return {
    outcome: {
      recordIndex,
      ...(line === undefined ? {} : { line }),
      outcome: 'unchanged',
      ...(ciId === undefined ? {} : { ciId }),
      ...(assetId === undefined ? {} : { assetId }),
      matchedBy: { rule: 'native-key', identifiers: [{ type: 'nativeKey', value: record.nativeKey }] },
      warnings,
      errors: [],
    },
  };
};

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
