import type { Asset } from '../asset/asset.ts';
import { assetValues } from '../asset/asset-view.ts';
import type { Ci, CiStatus } from '../ci/ci.ts';
import { ciValues } from '../ci/ci-view.ts';
import { className, classPrefix } from '../ci/class-name.ts';
import { lastHeard } from '../reconcile/candidates.ts';
import { byDefaultRules } from '../reconcile/decide-value.ts';
import type { FacetValue } from '../reconcile/facet.ts';
import type { Timestamp } from '../shared/time.ts';
import { assetPath } from './rule-book.ts';

/**
 * What health is judged by, of a CI or an asset. `class` is a path such as
 * `device/computer/`. `live`: not retired, disposed or merged into another, else it is not judged. `lastSeen`: when a discovery
 * source last spoke of it. `names`: its identifiers in compact form (`<type>|<qualifier>|<value>`). Values are the shown ones by the default rules, as in lists.
 */
export type HealthFacts = {
  kind: 'ci' | 'asset';
  id: string;
  class: string;
  live: boolean;
  values: Readonly<Record<string, FacetValue | undefined>>;
  names: readonly string[];
  lastSeen?: Timestamp;
  isBound: boolean;
  inUse: boolean;
};

/** What lies beyond the record itself: does failure travel to or from the CI, who shares a name, how is the asset's CI doing. */
export type HealthSurroundings = {
  isRelated: boolean;
  sharers: readonly { name: string; others: readonly string[] }[];
  ciStatus?: CiStatus | undefined;
};

export const ciHealthFacts = (ci: Ci): HealthFacts => {
  const { facts, attributes } = ciValues(ci, byDefaultRules);
  const heard = Object.values(ci.facets)
    .filter(({ half }) => half === 'discovery')
    .map(lastHeard)
    .sort()
    .at(-1);
  return {
    kind: 'ci',
    id: ci.ciId,
    class: classPrefix(ci),
    live: ci.status !== 'retired' && ci.mergedInto === undefined,
    values: { ...attributes, ...facts, status: ci.status, class: className(ci) },
    names: [...new Set(ci.identifiers)].sort(),
    ...(heard === undefined || heard === '' ? {} : { lastSeen: heard }),
    isBound: ci.binding !== undefined,
    inUse: true,
  };
};

export const assetHealthFacts = (asset: Asset): HealthFacts => ({
  kind: 'asset',
  id: asset.assetId,
  class: assetPath,
  live: asset.status !== 'disposed' && asset.status !== 'retired' && asset.mergedInto === undefined,
  values: { ...assetValues(asset), status: asset.status, kind: asset.kind },
  names: [...new Set(asset.identifiers)].sort(),
  isBound: asset.binding !== undefined,
  inUse: asset.status === 'deployed',
});
