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
export const runFiles = ({ tenant, runId, cut = 'none', earlierCuts = [] }: OfRun) => {
  const folder = (by: 'chunks' | 'planParts', n: number): string => {
    const cutter = earlierCuts.find((earlier) => n < earlier[by]);
    return `runs/${tenant}/${runId}/${cutter?.cut ?? cut}`;
  };
  return {
    chunk: (chunk: number) => `${folder('chunks', chunk)}/chunks/${number(chunk)}.ndjson`,
    /** What the planner found goes by the planner that found it, anything else by chunks. */
    outcomes: (phase: string, part: number) =>
      `${folder(phase === 'scan' ? 'planParts' : 'chunks', part)}/outcomes/${phase}-${number(part)}.ndjson`,
    /** Which native keys have news, as far as the last planner came. */
    changedKeys: () => `runs/${tenant}/${runId}/${cut}/changed-keys`,
  };
};
type OfRun = Pick<StoredRun, 'tenant' | 'runId' | 'cut' | 'earlierCuts'>;

/** Where one section of a CI lies, by its content: an older version stays readable for as long as history names its hash. */
export const detailFile = (tenant: string, ciId: string, section: string, hash: string): string =>
  `details/${tenant}/${ciId}/${section}/${hash}.json`;

const number = (n: number): string => String(n).padStart(6, '0');
