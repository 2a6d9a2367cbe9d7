import type { AssetSighting } from '../../domain/asset/asset-sighting.ts';
import type { AssetStatus } from '../../domain/asset/lifecycle.ts';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { observedAt } from '../apply-import/observed-at.ts';
import { assetEntity, lostAssetPartition } from '../assets/entity.ts';
import { ofTenant } from '../store/entity.ts';
import { fromHistory, historyQuery } from '../store/history.ts';
import type { Table } from '../store/table.ts';
import { sightingEntity } from './entity.ts';
import type { Noted } from './note-seen.ts';

type Lost = { byAsset: ReadonlyMap<string, string>; byCi: ReadonlyMap<string, string> };

const pageSize = 1000;
const lostStatuses: ReadonlySet<AssetStatus> = new Set(['lost', 'stolen']);

/** One short list per run and function, read when its first record comes. */
const keptFor = new WeakMap<Table, { key: string; lost: Promise<Lost> }>();

/**
 * Tells of lost and stolen assets that a discovery source reports again, once per run and asset. The list of them costs one query per run
 * (half a read unit while there are few); nothing else is read and nothing is written unless one of them is seen. What was observed before
 * the asset was lost is no news.
 */
export const noteLost = async (table: Table, run: StoredRun, now: string, noted: readonly Noted[]): Promise<void> => {
  const seen = noted.filter(
    ({ record, outcome }) => record.half === 'discovery' && (outcome?.assetId ?? outcome?.ciId),
  );
  if (seen.length === 0) return;
  const { byAsset, byCi } = await lostOf(table, run);
  if (byAsset.size === 0) return;
  const found = new Map<string, DiscoveryRecord>();
  for (const { record, outcome } of seen) {
    const { assetId = '', ciId = '' } = outcome ?? {};
    const hit = byAsset.has(assetId) ? assetId : byCi.get(ciId);
    if (hit !== undefined && record.action === 'upsert' && !found.has(hit)) found.set(hit, record);
  }
  for (const [assetId, record] of found) await tell(table, run, now, assetId, record);
};

const tell = async (table: Table, run: StoredRun, now: string, assetId: string, record: DiscoveryRecord) => {
  const { tenant, runId, source, storedAt } = run;
  const item = await table.get(assetEntity.keyOf(tenant, assetId), { consistent: true });
  const stored = item === undefined ? undefined : assetEntity.fromItem(item);
  const { at: seenAt } = observedAt(record, storedAt);
  if (stored === undefined || !lostStatuses.has(stored.value.status)) return;
  if (seenAt < (await lostSince(table, tenant, assetId, stored.change?.at ?? ''))) return;
  const { status, binding } = stored.value;
  const sighting: AssetSighting = {
    assetId,
    status,
    ...(binding === undefined ? {} : { ciId: binding.ciId }),
    source,
    runId,
    recordIndex: record.recordIndex,
    seenAt,
    storedAt,
    ...(record.name === undefined ? {} : { name: record.name }),
    addresses: addressesOf(record),
    places: record.seenAt ?? [],
  };
  const change = { type: 'LostAssetSeen', by: `source:${source}`, at: now, correlationId: runId };
  await table.writeEach([{ put: sightingEntity.toItem(tenant, sighting, 1, change), expect: 'absent' }]);
};

/** Since when it has been lost: when the earliest of its latest versions in such a status was made. */
const lostSince = async (table: Table, tenant: string, assetId: string, latest: string): Promise<string> => {
  const { items } = await table.query({ ...historyQuery(assetEntity.keyOf(tenant, assetId)), limit: 50 });
  let since = latest;
  for (const { value, change } of items.map((item) => fromHistory(assetEntity, item))) {
    if (!lostStatuses.has(value.status)) break;
    since = change?.at ?? since;
  }
  return since;
};

const addressesOf = ({ identifiers }: DiscoveryRecord): string[] =>
  [...new Set(identifiers.flatMap(({ type, value }) => (type === 'ip' ? [value] : [])))].sort().slice(0, 16);

const lostOf = (table: Table, { tenant, runId }: StoredRun): Promise<Lost> => {
  const key = `${tenant}#${runId}`;
  const kept = keptFor.get(table);
  if (kept?.key === key) return kept.lost;
  const lost = readLost(table, tenant);
  keptFor.set(table, { key, lost });
  lost.catch(() => keptFor.delete(table));
  return lost;
};

const readLost = async (table: Table, tenant: string): Promise<Lost> => {
  const byAsset = new Map<string, string>();
  const byCi = new Map<string, string>();
  let after: Parameters<Table['query']>[0]['after'];
  do {
    const page = await table.query({
      index: 'inverse',
      pk: ofTenant(tenant, lostAssetPartition),
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    for (const { g1sk } of page.items) {
      const [assetId = '', ciId = ''] = String(g1sk).split('#');
      byAsset.set(assetId, ciId);
      if (ciId !== '') byCi.set(ciId, assetId);
    }
    after = page.last;
  } while (after !== undefined);
  return { byAsset, byCi };
};
