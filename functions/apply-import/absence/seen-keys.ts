import { hash } from 'node:crypto';
import type { RecordOutcome } from '../../../domain/import/run.ts';
import type { StoredRun } from '../../../domain/import/stored-run.ts';
import { getLines } from '../../objects/ndjson.ts';
import type { ObjectStore } from '../../objects/object-store.ts';
import { runFiles } from '../../plan-import/chunk-line.ts';

/**
 * The names of all things that a file listed, as 52-bit numbers (16 bytes each in memory): those of changed records lie in the chunks,
 * those of unchanged ones in what the planner wrote of them. Two names of one number would only hide that one of them is missing.
 */
export const seenKeys = async (data: ObjectStore, run: StoredRun): Promise<ReadonlySet<number>> => {
  const seen = new Set<number>();
  const { chunk, outcomes } = runFiles(run);
  for (let part = 0; part < run.planParts; part += 1) {
    for (const line of await getLines(data, outcomes('scan', part))) {
      for (const { type, value } of (line as RecordOutcome).matchedBy?.identifiers ?? []) {
        if (type === 'nativeKey') seen.add(numberOf(value));
      }
    }
  }
  for (let n = 0; n < run.chunks; n += 1) {
    for (const line of await getLines(data, chunk(n))) {
      seen.add(numberOf((line as { record: { nativeKey: string } }).record.nativeKey));
    }
  }
  return seen;
};

export const numberOf = (nativeKey: string): number =>
  Number.parseInt(hash('sha256', nativeKey, 'hex').slice(0, 13), 16);
