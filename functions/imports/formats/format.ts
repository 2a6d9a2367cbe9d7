import type { ParsedRecord } from '../../../domain/discovery/record.ts';
import type { RunProblem } from '../../../domain/import/run.ts';
import type { KnownPieces } from './known-pieces.ts';

/** What is known of an upload before its content is read. `settings` come from object metadata and from the source's own settings. */
export type UploadContext = {
  source: string;
  objectKey: string;
  /** When the object was stored: the time of observation where the payload names none. */
  storedAt: string;
  /** The CSV mapping profile that was named, if any. */
  profile?: string;
  /** What need not be read again. */
  pieces?: KnownPieces;
};

/** The whole file cannot be imported; the run becomes `rejected` with this problem. */
export class UnreadableFile extends Error {
  readonly problem: RunProblem;
  constructor(problem: RunProblem) {
    super(problem.detail);
    this.name = 'UnreadableFile';
    this.problem = problem;
  }
}

/**
 * One discovery format: one folder, one line in the catalogue and one in the registry of its family.
 * `detect` sees the first 64 kB, decompressed, as text, and says whether this format reads it.
 * `parse` streams the decompressed bytes and yields records in file order, or faults beside them; it throws `UnreadableFile`
 * when nothing of the file can be used. Memory must not grow with the file, except where one record is the file.
 * `version`: of a format whose elements are recognised without being read; raised whenever the same bytes become other records.
 */
export type Format = {
  name: string;
  version?: number;
  detect: (head: string, context: UploadContext) => boolean;
  parse: (body: AsyncIterable<Uint8Array>, context: UploadContext) => AsyncIterable<ParsedRecord>;
};

/** Which of the two planners reads a format. One bundle with the mappers of all and the parsers of CSV, XML and YAML would be too large. */
export type Family = 'json' | 'registers' | 'documents';

/** The formats of one planner. */
export type Registry = { family: Family; formats: readonly Format[] };
