import type { StoredRun } from '../../domain/import/stored-run.ts';
import { expectation, type Source, type SourceView } from '../../domain/sources/source.ts';
import { latestSnapshotEntity } from '../apply-import/absence/latest-snapshot.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { runEntity, runsOfSource } from '../plan-import/entities.ts';
import { ofTenant, type Stored } from '../store/entity.ts';

type Scope = Pick<RequestScope & ApiContext, 'table' | 'principal' | 'now'>;

/** Sources with what their uploads did last: one query each for the latest run, and two batched reads for all. */
export const showSources = async (scope: Scope, sources: readonly Stored<Source>[]): Promise<SourceView[]> => {
  const { table, principal, now } = scope;
  const { tenant } = principal;
  const names = sources.map(({ value }) => value.source);
  const [latest, snapshotItems] = await Promise.all([
    Promise.all(names.map((name) => latestRunId(scope, name))),
    table.getMany(names.map((name) => latestSnapshotEntity.keyOf(tenant, name))),
  ]);
  const snapshots = snapshotItems.map((item) => latestSnapshotEntity.fromItem(item).value);
  const runIds = [...latest, ...snapshots.map(({ runId }) => runId)].flatMap((runId) => runId ?? []);
  const items = await table.getMany([...new Set(runIds)].map((runId) => runEntity.keyOf(tenant, runId)));
  const runs = new Map(items.map((item) => runEntity.fromItem(item).value).map((run) => [run.runId, run]));
  return sources.map(({ value, version, change }, n) => {
    const run = runs.get(latest[n] ?? '');
    const snapshot = snapshots.find(({ source }) => source === value.source);
    return {
      ...value,
      ...(run === undefined ? {} : { lastRun: lastRun(run) }),
      ...(snapshot === undefined ? {} : { lastSnapshot: lastSnapshot(snapshot, runs.get(snapshot.runId ?? '')) }),
      ...expectation(value, run?.startedAt, now),
      version,
      ...(change === undefined ? {} : { updatedAt: change.at }),
    };
  });
};

const latestRunId = async ({ table, principal }: Scope, source: string): Promise<string | undefined> => {
  const pk = ofTenant(principal.tenant, runsOfSource(source));
  const { items } = await table.query({ index: 'inverse', pk, limit: 1, backwards: true });
  return items[0]?.pk.slice(principal.tenant.length + 1);
};

const lastRun = ({ runId, status, mode, startedAt, counts, problem }: StoredRun) => ({
  runId,
  status,
  mode,
  startedAt,
  counts,
  ...(problem === undefined ? {} : { problem }),
});

const lastSnapshot = (
  { runId, storedAt }: { runId?: string | undefined; storedAt: string },
  run: StoredRun | undefined,
): NonNullable<SourceView['lastSnapshot']> => ({
  storedAt,
  ...(runId === undefined ? {} : { runId }),
  ...(run === undefined ? {} : { status: run.status }),
  ...(run?.absence === undefined ? {} : { live: run.absence.live, missing: run.absence.missing }),
});
