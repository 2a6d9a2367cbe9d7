import { ImportRun } from '../domain/import/run.ts';
import { defineEvent } from './event.ts';

const run = ImportRun.pick({
  runId: true,
  source: true,
  format: true,
  objectKey: true,
  mode: true,
  counts: true,
  problem: true,
  undo: true,
});

export const importPlanned = defineEvent('ImportPlanned', run);
export const importCompleted = defineEvent('ImportCompleted', run);
export const importHeld = defineEvent('ImportHeld', run);
export const importRejected = defineEvent('ImportRejected', run);
export const importFailed = defineEvent('ImportFailed', run);
export const importApplyStarted = defineEvent('ImportApplyStarted', run);
export const importUndoStarted = defineEvent('ImportUndoStarted', run);
export const importUndone = defineEvent('ImportUndone', run);
