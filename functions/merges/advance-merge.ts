import { setTimeout as pause } from 'node:timers/promises';
import type { StoredMerge } from '../../domain/merge/merge.ts';
import type { Stored } from '../store/entity.ts';
import type { Item, Table } from '../store/table.ts';
import { Raced, startWork } from '../store/unit-of-work.ts';
import { mergeEntity } from './entity.ts';
import { stepMark } from './rest.ts';
import { stageStep } from './stage-step.ts';

const mostRounds = 12;

/** Is this a merge that is on its way, and nobody's news? */
export const isMergeStep = ({ e, c }: Item): boolean =>
  e === mergeEntity.name && (c as { type?: string } | undefined)?.type === stepMark;

/**
 * Takes a large merge, or its reversal, one transaction further. Each writes how far it has come, and the stream brings that version here
 * again. A record that is not of the latest version does nothing: what it asks for is done, so that records may come twice, and a step that
 * breaks off comes again.
 */
export const advanceMerge = async (table: Table, item: Item, edgesPerStep?: number): Promise<void> => {
  const tenant = item.pk.slice(0, item.pk.indexOf('#'));
  for (let round = 0; round < mostRounds; round += 1) {
    if (round > 0) await pause(Math.random() * 20 * 2 ** Math.min(round, 6));
    const live = await table.get({ pk: item.pk, sk: item.sk }, { consistent: true });
    if (live === undefined || live.v !== item.v) return;
    const stored = mergeEntity.fromItem(live);
    const work = startWork(table, { tenant, ...authorOf(stored) });
    await stageStep(work, stored, edgesPerStep);
    try {
      return await work.commit();
    } catch (error) {
      if (!(error instanceof Raced)) throw error;
    }
  }
  throw new Error(`${item.pk} lost every race; the record is relayed again`);
};

/** The steps of an act are the act: they bear its author and its moment. */
const authorOf = ({ value: { by, at, reason, state, unmerged }, change }: Stored<StoredMerge>) => {
  const act = state === 'unmerging' && unmerged !== undefined ? unmerged : { by, at, reason };
  const correlationId = change?.correlationId ?? 'unknown';
  return {
    by: act.by,
    now: act.at,
    correlationId,
    ...(act.reason === undefined ? {} : { reason: act.reason }),
  };
};
