import type { RecordOutcome } from '../../domain/import/run.ts';
import { type ChunkLine, detailFile } from '../plan-import/chunk-line.ts';
import type { RunScope } from './context.ts';

const atOnce = 16;

/**
 * Bulky sections go to S3 before the table names them, under their content's hash: writing them twice is writing them once.
 * Of an unchanged record the table names nothing new.
 */
export const storeDetails = async (
  { context, run }: RunScope,
  lines: readonly ChunkLine[],
  outcomes: ReadonlyMap<number, RecordOutcome>,
): Promise<void> => {
  const puts = lines.flatMap(({ record, print }) => {
    const { ciId, outcome } = outcomes.get(record.recordIndex) ?? {};
    if (ciId === undefined || outcome === 'unchanged') return [];
    return Object.entries(record.details ?? {}).map(([section, list]) => ({
      key: detailFile(run.tenant, ciId, section, print[section] ?? ''),
      body: JSON.stringify(list),
    }));
  });
  for (let at = 0; at < puts.length; at += atOnce) {
    const some = puts.slice(at, at + atOnce);
    await Promise.all(some.map(({ key, body }) => context.data.put(key, body, 'application/json')));
  }
};
