import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ChunkQueue } from '../queue/chunk-queue.ts';
import type { Log } from '../shared/log.ts';
import type { Table } from '../store/table.ts';

export type ApplyContext = {
  table: Table;
  data: ObjectStore;
  queue: ChunkQueue;
  log: Log;
  clock: () => Date;
  /** Milliseconds until the function is stopped; without it there is no end. */
  timeLeft?: () => number;
};

/** What every step of one chunk needs to know of its run. */
export type RunScope = { context: ApplyContext; run: StoredRun; now: string; chunk?: number; late?: true };
