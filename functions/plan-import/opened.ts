import type { ParsedRecord } from '../../domain/discovery/record.ts';
import type { RunProblem } from '../../domain/import/run.ts';
import type { Family, Registry } from '../imports/formats/format.ts';
import type { KnownPieces } from '../imports/formats/known-pieces.ts';

/**
 * What the head of an upload tells: the format that reads it, or why none can, and which planners have to see to that. `shares`: what of
 * a zip other planners read, each in a run of its own.
 */
export type Choice = {
  format: string;
  families: readonly Family[];
  problem?: RunProblem;
  shares?: readonly { family: Family; format: string }[];
};

/**
 * Content that was looked at. `parse` reads it once, as things observed at `storedAt` where it does not say when; undefined where the
 * registry has no such format. `close` lets go of what was not read.
 */
export type Opened = {
  choice: Choice;
  parse: (registry: Registry, storedAt: string, pieces?: KnownPieces) => AsyncIterable<ParsedRecord> | undefined;
  close: () => Promise<void>;
};
