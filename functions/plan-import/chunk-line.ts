import * as z from 'zod';
import { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { optionalText, text } from '../../domain/shared/scalars.ts';

/** One line of a chunk file: a record that is new or changed, with its fingerprint. Written by the planner, read by the applier. */
export const ChunkLine = z.strictObject({
  record: DiscoveryRecord,
  print: z.record(text, text),
  /** The element of the file that it was made of, where that can be recognised when it comes again. */
  piece: optionalText,
});
export type ChunkLine = z.infer<typeof ChunkLine>;

/** Where a run's own files lie in the data bucket. */
export const runFiles = ({ tenant, runId, cut = 'none' }: Pick<StoredRun, 'tenant' | 'runId' | 'cut'>) => {
  const folder = `runs/${tenant}/${runId}/${cut}`;
  return {
    chunk: (chunk: number) => `${folder}/chunks/${number(chunk)}.ndjson`,
    outcomes: (phase: string, part: number) => `${folder}/outcomes/${phase}-${number(part)}.ndjson`,
  };
};

/** Where one section of a CI lies, by its content: an older version stays readable for as long as history names its hash. */
export const detailFile = (tenant: string, ciId: string, section: string, hash: string): string =>
  `details/${tenant}/${ciId}/${section}/${hash}.json`;

const number = (n: number): string => String(n).padStart(6, '0');
