import type { Asset } from '../../domain/asset/asset.ts';
import { showAsset } from '../../domain/asset/asset-view.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { Card } from '../../domain/graph/link.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Stored } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import { cardOf } from './card-of.ts';
import { readInWaves } from './read-in-waves.ts';

/** CIs by id, in batches of 100. */
export const readCis = async (
  table: Table,
  tenant: string,
  ids: readonly string[],
): Promise<Map<string, Stored<Ci>>> => {
  const items = await readInWaves(
    table,
    ids.map((ciId) => ciEntity.keyOf(tenant, ciId)),
  );
  return new Map(items.map((item) => ciEntity.fromItem(item)).map((stored) => [stored.value.ciId, stored]));
};

export const readAssets = async (
  table: Table,
  tenant: string,
  ids: readonly string[],
): Promise<Map<string, Stored<Asset>>> => {
  const items = await readInWaves(
    table,
    ids.map((assetId) => assetEntity.keyOf(tenant, assetId)),
  );
  return new Map(items.map((item) => assetEntity.fromItem(item)).map((stored) => [stored.value.assetId, stored]));
};

/** Cards for those that have none yet: CIs without pages, or not walked to the end. Throws `not-found` when a CI of `asked` does not exist. */
export const fillCards = async (
  table: Table,
  tenant: string,
  cards: Map<string, Card>,
  { asked, shown }: { asked: readonly string[]; shown: readonly string[] },
): Promise<void> => {
  const missing = [...new Set([...asked, ...shown])].filter((ciId) => !cards.has(ciId));
  for (const [ciId, { value }] of await readCis(table, tenant, missing)) cards.set(ciId, cardOf(value));
  const [nobody] = asked.filter((ciId) => !cards.has(ciId));
  if (nobody !== undefined) throw new Problem('not-found', `There is no ci ${nobody}.`);
};

/** What a node shows of its asset. */
export const assetFacts = (stored: Stored<Asset>, viewing: Viewing) => {
  const { purchaseCost, warrantyEnd, holder } = showAsset(stored, viewing);
  return {
    ...(purchaseCost === undefined ? {} : { cost: purchaseCost }),
    ...(warrantyEnd === undefined ? {} : { warrantyEnd }),
    ...(holder === undefined ? {} : { holder }),
  };
};
