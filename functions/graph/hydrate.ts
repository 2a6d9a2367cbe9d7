import type { Asset } from '../../domain/asset/asset.ts';
import { showAsset } from '../../domain/asset/asset-view.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { Card } from '../../domain/graph/link.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { loadAsOf } from '../http/as-of.ts';
import type { RequestScope } from '../http/serve.ts';
import { versionsAt } from '../store/as-of.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import { movedTo } from '../store/unit-of-work.ts';
import { cardOf } from './card-of.ts';
import { readInWaves } from './read-in-waves.ts';

/** Whose data is read, as of which moment (UTC, milliseconds; undefined: now). */
type View = { table: Table; principal: RequestScope['principal'] };

/**
 * CIs by id, in batches of 100, as they were at a moment; what did not exist yet, or whose history is not written yet, is left out. For the
 * past, each one that changed since costs one read more.
 */
export const readCis = (view: View, ids: readonly string[], asOf?: string): Promise<Map<string, Stored<Ci>>> =>
  readEntities(view, ciEntity, ids, asOf);

export const readAssets = (view: View, ids: readonly string[], asOf?: string): Promise<Map<string, Stored<Asset>>> =>
  readEntities(view, assetEntity, ids, asOf);

const readEntities = async <T>(
  { table, principal: { tenant } }: View,
  entity: Entity<T, string>,
  ids: readonly string[],
  asOf: string | undefined,
): Promise<Map<string, Stored<T>>> => {
  const keys = [...new Set(ids)].map((id) => entity.keyOf(tenant, id));
  const live = (await readInWaves(table, keys)).map((item) => entity.fromItem(item));
  const then = await versionsAt(table, tenant, entity, live, asOf);
  return new Map(then.flatMap((stored) => (stored === undefined ? [] : [[entity.id(stored.value), stored] as const])));
};

/**
 * Cards for those that have none yet: CIs without pages, not walked to the end, or of the past. Throws `not-found` when a CI of `asked` does
 * not exist, or did not at that moment, and `moved` when it was merged into another one.
 */
export const fillCards = async (
  scope: View & Pick<RequestScope, 'work' | 'now'>,
  cards: Map<string, Card>,
  { asked, shown, asOf }: { asked: readonly string[]; shown: readonly string[]; asOf?: string | undefined },
): Promise<void> => {
  const missing = [...new Set([...asked, ...shown])].filter((ciId) => !cards.has(ciId));
  for (const [ciId, { value }] of await readCis(scope, missing, asOf)) cards.set(ciId, cardOf(value));
  const [nobody] = asked.filter((ciId) => !cards.has(ciId));
  if (nobody !== undefined) await loadAsOf(scope, ciEntity, nobody, { asOf });
  for (const ciId of asked) {
    const to = cards.get(ciId)?.mergedInto;
    if (to !== undefined) throw movedTo(ciId, to);
  }
};

/** What a node shows of its asset. */
export const assetFacts = (stored: Stored<Asset>, viewing: Viewing) => {
  const { purchaseCost, warrantyEnd, holder, location } = showAsset(stored, viewing);
  return {
    ...(purchaseCost === undefined ? {} : { cost: purchaseCost }),
    ...(warrantyEnd === undefined ? {} : { warrantyEnd }),
    ...(holder === undefined ? {} : { holder }),
    ...(location === undefined ? {} : { location }),
  };
};
