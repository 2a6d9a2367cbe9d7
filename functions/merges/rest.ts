import type { MergeRest, StoredMerge } from '../../domain/merge/merge.ts';
import type { Stored } from '../store/entity.ts';
import { changeOf, type UnitOfWork } from '../store/unit-of-work.ts';
import { mergeEntity, runningMergeEntity } from './entity.ts';

type Left = { pages?: number; edgesWait: boolean; claimsWait: boolean };

/** What is left when the first transaction is written; undefined when that was all. */
export const beginRest = (
  state: 'merging' | 'unmerging',
  { pages = 0, edgesWait, claimsWait }: Left,
): MergeRest | undefined => {
  if (edgesWait) {
    return state === 'merging'
      ? { pages, next: { kind: 'move', side: 'out', found: 0 } }
      : { pages, next: { kind: 'back', page: pages - 1 } };
  }
  return claimsWait ? { pages, next: { kind: 'claims' } } : undefined;
};

/** The mark of a version that only says how far a merge has come: the relay goes on from it, and nobody else hears of it. */
export const stepMark = 'MergeAdvanced';

const endOf = { merged: 'MergeCompleted', unmerged: 'UnmergeCompleted' } as const;

/** Stages the merge as it stands after an act or a step; while something is left, the two CIs are held for it. */
export const stageRecord = (
  work: UnitOfWork,
  stored: Stored<StoredMerge> | undefined,
  merge: StoredMerge,
  { at, reason }: { at: string; reason?: string | undefined },
): void => {
  const { tenant } = work.author;
  const { state, mergeId, survivor, absorbed } = merge;
  const type = state === 'merged' || state === 'unmerged' ? endOf[state] : stepMark;
  const put = mergeEntity.toItem(
    tenant,
    merge,
    (stored?.version ?? 0) + 1,
    changeOf(work.author, { type, at, reason }, stored?.change),
  );
  work.stage({ put, expect: stored?.version ?? 'absent' });
  if (survivor.ciId === undefined || absorbed.ciId === undefined) return;
  const wasRunning = stored?.value.rest !== undefined;
  if (state === 'merging' || state === 'unmerging') {
    if (wasRunning) return;
    const running = { mergeId, survivor: survivor.ciId, absorbed: absorbed.ciId, state };
    work.stage({ put: runningMergeEntity.toItem(tenant, running, 1), expect: 'any' });
  } else if (wasRunning) {
    work.stage({ remove: runningMergeEntity.keyOf(tenant, { absorbed: absorbed.ciId }), expect: 'any' });
  }
};
