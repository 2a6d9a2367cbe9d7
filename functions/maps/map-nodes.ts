import type { Asset } from '../../domain/asset/asset.ts';
import { showAsset } from '../../domain/asset/asset-view.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { ciClasses } from '../../domain/ci/ci-classes.ts';
import { showCi } from '../../domain/ci/ci-view.ts';
import type { Card, Surroundings } from '../../domain/graph/link.ts';
import type { Item } from '../../domain/map/collapse.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import { readAssets, readCis } from '../graph/hydrate.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { viewingAsOf } from '../reconciliation/read-viewing.ts';
import type { Stored } from '../store/entity.ts';
import type { MapNode } from './answers.ts';
import type { MapQuery } from './operations.ts';

type Setting = {
  root: string;
  query: MapQuery;
  asOf: string | undefined;
  seen: ReadonlyMap<string, Surroundings>;
  cards: ReadonlyMap<string, Card>;
};

type Facts = { cis: Map<string, Stored<Ci>>; assets: Map<string, Stored<Asset>>; viewing: Viewing };

/** The boxes of a map. Only CIs that are drawn one by one are read, and their assets: 100 in a round trip. */
export const nodesOf = async (
  items: readonly Item[],
  setting: Setting,
  scope: RequestScope & ApiContext,
): Promise<MapNode[]> => {
  const drawn = items.filter(({ kind }) => kind === 'ci').map(({ id }) => id);
  const cis = await readCis(scope, drawn, setting.asOf);
  const assetIds = [...cis.values()].flatMap(({ value }) => value.binding?.assetId ?? []);
  const assets = await readAssets(scope, assetIds, setting.asOf);
  const facts = { cis, assets, viewing: await viewingAsOf(scope, setting) };
  const isShown = new Set(items.flatMap((item) => item.cis.map(({ ciId }) => ciId)));
  return items.map((item) => {
    const more = unreadBelow(item, setting.seen, isShown);
    const node = item.kind === 'ci' ? single(item, setting, facts) : several(item, items, setting);
    return more === 0 ? node : { ...node, more };
  });
};

const single = ({ id, layer, cis: [ci] }: Item, { cards }: Setting, { cis, assets, viewing }: Facts): MapNode => {
  const stored = cis.get(id);
  const card = cards.get(id);
  const shown = stored === undefined ? undefined : showCi(stored, viewing);
  const asset = assets.get(stored?.value.binding?.assetId ?? '');
  return {
    id,
    kind: 'ci',
    layer,
    name: shown?.name ?? card?.name ?? id,
    depth: ci?.depth ?? 0,
    ciId: id,
    class: shown?.class ?? ci?.class,
    ...(shown === undefined ? {} : { status: shown.status }),
    ...(asset === undefined ? {} : { asset: assetOf(asset, viewing) }),
  };
};

const assetOf = (stored: Stored<Asset>, viewing: Viewing): NonNullable<MapNode['asset']> => {
  const { assetId, assetTag, status, holder, location } = showAsset(stored, viewing);
  return {
    assetId,
    status,
    ...(assetTag === undefined ? {} : { tag: assetTag }),
    ...(holder === undefined ? {} : { holder }),
    ...(location === undefined ? {} : { location }),
  };
};

const several = ({ id, kind, layer, cis, of }: Item, items: readonly Item[], setting: Setting): MapNode => {
  const classes: Record<string, number> = {};
  for (const ci of cis) classes[ci.class] = (classes[ci.class] ?? 0) + 1;
  const [first] = cis;
  const label = first === undefined || kind === 'rest' ? 'more' : ciClasses[first.class].label;
  return {
    id,
    kind,
    layer,
    name: kind === 'rest' ? `${cis.length} ${label}` : `${cis.length} x ${label}`,
    depth: first?.depth ?? 0,
    count: cis.length,
    classes,
    ...(kind === 'summary' && first !== undefined ? { class: first.class } : {}),
    ...(of === undefined ? {} : { of }),
    open: opening(of, items, setting),
  };
};

/** The address that lists what is drawn as one: what the hub needs, or when that is drawn as one itself, what the root needs. */
const opening = (of: string | undefined, items: readonly Item[], { root, query, asOf }: Setting): string => {
  const hub = items.find(({ id, kind }) => id === of && kind === 'ci');
  const parameters = new URLSearchParams({ direction: 'upstream', depth: String(hub === undefined ? query.depth : 1) });
  if (query.types !== undefined) parameters.set('types', query.types.join(','));
  if (asOf !== undefined) parameters.set('asOf', asOf);
  return `/cis/${hub?.id ?? root}/impact?${parameters}`;
};

const unreadBelow = ({ cis }: Item, seen: Setting['seen'], isShown: ReadonlySet<string>): number => {
  const unread = new Set<string>();
  for (const { ciId } of cis)
    for (const { neighbour } of seen.get(ciId)?.links ?? []) if (!isShown.has(neighbour)) unread.add(neighbour);
  return unread.size;
};
