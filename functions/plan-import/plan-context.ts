import type { ObjectStore } from '../objects/object-store.ts';
import type { ChunkQueue } from '../queue/chunk-queue.ts';
import type { Log } from '../shared/log.ts';
import type { Table } from '../store/table.ts';

/** What the import path works on. */
export type PlanContext = {
  table: Table;
  uploads: ObjectStore;
  data: ObjectStore;
  queue: ChunkQueue;
  log: Log;
  clock: () => Date;
  /** After so many records the whole index is read, whatever it costs. For tests: else the costs decide. */
  readIndexAfter?: number;
  /** Milliseconds until the function is stopped; without it there is no end. */
  timeLeft?: () => number;
};
