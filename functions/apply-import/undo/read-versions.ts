import { isByRun, type UndoneRun, type Version } from '../../../domain/undo/trace.ts';
import type { Entity, Stored } from '../../store/entity.ts';
import { fromHistory, historyQuery } from '../../store/history.ts';
import type { Table } from '../../store/table.ts';

const perPage = 25;

/** Clocks of workers may differ; what was written this much before the run began was not written by it. */
const tolerance = 10 * 60_000;

export type Searched = UndoneRun & { tenant: string; startedAt: string };

/**
 * The versions of an entity from the one before the run on, oldest first. Empty: the run did not write it. Throws when the relay has not
 * written all of them to history yet: the chunk is tried again.
 */
export const readVersions = async <T, Id>(
  table: Table,
  run: Searched,
  entity: Entity<T, Id>,
  live: Stored<T>,
): Promise<Version<T>[]> => {
  const since = new Date(Date.parse(run.startedAt) - tolerance).toISOString();
  const found = new Map<number, Version<T>>();
  const keep = ({ value, version, change }: Stored<T>): boolean => {
    if (change === undefined) throw new Error(`${entity.name} without a change`);
    found.set(version, { value, version, change });
    return version === 1 || (change.at < since && !isByRun(change, run));
  };
  const query = historyQuery(entity.keyOf(run.tenant, entity.id(live.value)));
  let isComplete = keep(live);
  for (let after: Awaited<ReturnType<Table['query']>>['last']; !isComplete; ) {
    const page = await table.query({ ...query, limit: perPage, ...(after === undefined ? {} : { after }) });
    for (const item of page.items) isComplete = isComplete || keep(fromHistory(entity, item));
    after = page.last;
    if (after === undefined) break;
  }
  const versions = [...found.values()].sort((a, b) => a.version - b.version);
  const isWhole = versions.every(({ version }, n) => n === 0 || version === (versions[n - 1]?.version ?? 0) + 1);
  if (!isComplete || !isWhole) throw new Error(`history of ${entity.name} ${String(entity.id(live.value))} lags`);
  return versions.some(({ change }) => isByRun(change, run)) ? versions : [];
};
