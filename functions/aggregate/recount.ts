import { nextRecount, type Recount } from '../../domain/health/recount.ts';
import { Change } from '../../domain/shared/change.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { assetEntity, assetListPartition } from '../assets/entity.ts';
import { ciEntity, ciListPartition } from '../cis/entity.ts';
import { recountEntity, recountId } from '../data-health/entities.ts';
import { healthRulesEntity } from '../data-health/rules-entity.ts';
import { rebuildAdjacency } from '../relay/adjacency-rebuild.ts';
import type { Log } from '../shared/log.ts';
import { listShards } from '../store/contracts.ts';
import type { Stored } from '../store/entity.ts';
import { readList } from '../store/read-list.ts';
import type { Item, Table, Write } from '../store/table.ts';
import { judgeRecords } from './judge-records.ts';
import type { ShardChange } from './shard-change.ts';

const slice = 200;
/** Making the pages of a CI anew takes some ten round trips. */
const sliceWithPages = 25;

/**
 * A recount goes from slice to slice by its own record in the stream: each step judges a slice and writes how far it has come, which brings the
 * next step. A step that breaks off comes again; one that comes twice finds the recount further on. Changed rules begin one.
 */
export const advanceRecounts = async (
  table: Table,
  changes: readonly ShardChange[],
  log: Pick<Log, 'error'>,
): Promise<void> => {
  const steps = new Map<string, string>();
  for (const { before, after, at } of changes) {
    if (after === undefined || before?.v === after.v) continue;
    const tenant = after.pk.slice(0, after.pk.indexOf('#'));
    if (after.e === healthRulesEntity.name) await beginRecount(table, tenant, after);
    else if (after.e === recountEntity.name) steps.set(tenant, at);
  }
  for (const [tenant, at] of steps) await step(table, tenant, at, log);
};

/** One recount for each version of the rules, at least: a later version begins anew. */
const beginRecount = async (table: Table, tenant: string, rules: Item): Promise<void> => {
  const stored = await readRecount(table, tenant);
  const change = Change.safeParse(rules.c).data;
  if (change === undefined || (stored?.value.rulesVersion ?? 0) >= rules.v) return;
  const next = nextRecount(stored?.value, rules.v, change);
  const put = recountEntity.toItem(tenant, next, (stored?.version ?? 0) + 1, {
    ...change,
    type: 'HealthRecountStarted',
  });
  await write(table, { put, expect: stored?.version ?? 'absent' });
};

const step = async (table: Table, tenant: string, at: string, log: Pick<Log, 'error'>): Promise<void> => {
  const stored = await readRecount(table, tenant);
  if (stored?.value.state !== 'running') return;
  const { value } = stored;
  const { ids, after } = await readSlice(table, tenant, value);
  if (value.rebuildsPages && value.list === 'cis') for (const id of ids) await rebuildAdjacency(table, tenant, id);
  await judgeRecords(
    table,
    ids.map((id) => ({ tenant, id })),
    log,
  );
  const { after: _after, ...rest } = value;
  const judged = value.judged + ids.length;
  const [next, change]: [Recount, Change | undefined] =
    after !== undefined
      ? [{ ...rest, judged, after }, undefined]
      : value.list === 'cis'
        ? [{ ...rest, judged, list: 'assets' }, undefined]
        : completed({ ...rest, judged }, at);
  await write(table, { put: recountEntity.toItem(tenant, next, stored.version + 1, change), expect: stored.version });
};

const completed = (recount: Recount, at: string): [Recount, Change] => {
  const completedAt = laterOf(at, recount.startedAt);
  const { by, correlationId } = recount;
  return [
    { ...recount, state: 'completed', completedAt },
    { type: 'HealthRecountCompleted', by, at: completedAt, correlationId },
  ];
};

/** Whoever loses to another step leaves it to that one. */
const write = async (table: Table, one: Write): Promise<void> => {
  const [result] = await table.writeEach([one]);
  if (result?.done === false && result.current === undefined) throw new Error('the recount is gone');
};

const readRecount = async (table: Table, tenant: string): Promise<Stored<Recount> | undefined> => {
  const item = await table.get(recountEntity.keyOf(tenant, recountId), { consistent: true });
  return item === undefined ? undefined : recountEntity.fromItem(item);
};

const readSlice = async (table: Table, tenant: string, { list, after, rebuildsPages }: Recount) => {
  const request = {
    tenant,
    index: 'list' as const,
    after,
    limit: rebuildsPages ? sliceWithPages : slice,
    idOf: (sortKey: string) => sortKey.slice(sortKey.indexOf('#') + 1),
    keep: () => true,
  };
  const shards = Array.from({ length: listShards }, (_, shard) => shard);
  if (list === 'cis') {
    const page = await readList(table, { ...request, entity: ciEntity, partitions: shards.map(ciListPartition) });
    return { ids: page.found.map(({ value }) => value.ciId), after: page.next };
  }
  const page = await readList(table, { ...request, entity: assetEntity, partitions: shards.map(assetListPartition) });
  return { ids: page.found.map(({ value }) => value.assetId), after: page.next };
};
