import type { RunningMerge } from '../../domain/merge/merge.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { ofTenant } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { runningMergeEntity, runningPartition } from './entity.ts';

const mostRunning = 1000;

/** The merges of a tenant that are on their way: one query, which finds nothing as a rule. */
export const runningMerges = async (table: Table, tenant: string, consistent = false): Promise<RunningMerge[]> => {
  const { items } = await table.query({ pk: ofTenant(tenant, runningPartition), limit: mostRunning, consistent });
  return items.map((item) => runningMergeEntity.fromItem(item).value);
};

/** Throws `conflict` when one of the CIs is being merged, or taken apart: two merges at once would move each other's relationships. */
export const refuseRunning = async ({ table, author }: UnitOfWork, ciIds: readonly string[]): Promise<void> => {
  if (ciIds.length === 0) return;
  const running = await runningMerges(table, author.tenant, true);
  const found = running.find(({ survivor, absorbed }) => ciIds.includes(survivor) || ciIds.includes(absorbed));
  if (found === undefined) return;
  const act = found.state === 'merging' ? 'being merged into' : 'being parted from';
  throw new Problem('conflict', `${found.absorbed} is ${act} ${found.survivor} right now.`, {
    fix: `Wait until GET /merges/${found.mergeId} says ${found.state === 'merging' ? 'merged' : 'unmerged'}, then try again.`,
  });
};

/** The CIs that a large merge is leading to others: an edge that still names one of them is shown at the other one. */
export const leadingMerges = async (table: Table, tenant: string): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await runningMerges(table, tenant)).flatMap(({ state, absorbed, survivor }) =>
      state === 'merging' ? [[absorbed, survivor] as const] : [],
    ),
  );
