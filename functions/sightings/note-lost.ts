import type { AssetSighting } from '../../domain/asset/asset-sighting.ts';
import type { AssetStatus } from '../../domain/asset/lifecycle.ts';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { observedAt } from '../apply-import/observed-at.ts';
import { assetEntity } from '../assets/entity.ts';
import { fromHistory, historyQuery } from '../store/history.ts';
import type { Table } from '../store/table.ts';
import { sightingEntity } from './entity.ts';
import { lostAssets } from './lost-assets.ts';
import type { Noted } from './noted.ts';

const lostStatuses: ReadonlySet<AssetStatus> = new Set(['lost', 'stolen']);

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
  const lost = await lostAssets(table, run);
  if (lost.isEmpty) return;
  const found = new Map<string, DiscoveryRecord>();
  for (const { record, outcome } of seen) {
    const hit = lost.assetOf(outcome ?? {});
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
