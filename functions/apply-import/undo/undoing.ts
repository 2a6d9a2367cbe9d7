import type { StoredRun } from '../../../domain/import/stored-run.ts';
import type { Change } from '../../../domain/shared/change.ts';
import { laterOf } from '../../../domain/shared/time.ts';
import type { Table } from '../../store/table.ts';

/** What every step of undoing needs to know. What is written carries the run's id and the person who undid it. */
export type Undoing = {
  table: Table;
  run: StoredRun;
  now: string;
  change: (type: string, stored: { change?: Change }) => Change;
};

export const undoingOf = (table: Table, run: StoredRun, now: string): Undoing => ({
  table,
  run,
  now,
  change: (type, { change }) => ({
    type,
    by: run.undo?.by ?? 'nobody',
    at: laterOf(now, change?.at ?? now),
    correlationId: run.runId,
    reason: 'The import was undone.',
  }),
});
