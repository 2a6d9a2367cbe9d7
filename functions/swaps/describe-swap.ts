import type { Asset } from '../../domain/asset/asset.ts';
import { assetValues, showAsset } from '../../domain/asset/asset-view.ts';
import { changedFields, costOf, type SwapResult } from '../../domain/binding/swap-effect.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { ciValues } from '../../domain/ci/ci-view.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { viewingOf } from '../reconciliation/read-viewing.ts';
import type { LoadedSwap } from './load-swap.ts';
import { servicesAtRisk } from './services-at-risk.ts';
import type { StagedSwap } from './stage-swap.ts';

/** The answer to a swap or its reversal. In a preview the work is abandoned, and the services at risk are looked up. */
export const describeSwap = async (
  scope: RequestScope & ApiContext,
  loaded: LoadedSwap,
  staged: StagedSwap,
  { preview }: { preview: boolean },
): Promise<SwapResult> => {
  const viewing = await viewingOf(scope);
  const { closed, opened } = staged;
  const roots = [loaded.ci, ...(loaded.leaving === undefined ? [] : [loaded.leaving.ci])].map(
    ({ value }) => value.ciId,
  );
  if (preview) scope.work.abandon();
  return {
    preview,
    ciId: loaded.ci.value.ciId,
    closed: { ...closed.value, version: closed.version },
    opened: { ...opened.value, version: opened.version },
    outgoing: showAsset(staged.outgoing, viewing),
    incoming: showAsset(staged.incoming, viewing),
    changes: changesOf(loaded, staged, viewing),
    cost: costOf(loaded.outgoing.value, loaded.incoming.value),
    ...(preview ? { atRisk: await servicesAtRisk(scope.table, scope.principal.tenant, roots, viewing) } : {}),
  };
};

const changesOf = (before: LoadedSwap, after: StagedSwap, viewing: Viewing): SwapResult['changes'] => {
  const asset = ({ status, binding, facets }: Asset) => ({
    status,
    ciId: binding?.ciId,
    ...assetValues({ facets }, viewing),
  });
  const ci = (value: Ci) => {
    const { facts, attributes } = ciValues(value, viewing);
    return { assetId: value.binding?.assetId, ...facts, ...attributes };
  };
  return [
    ...changedFields('ci', before.ci.value.ciId, ci(before.ci.value), ci(after.ci.value)),
    ...(['outgoing', 'incoming'] as const).flatMap((side) =>
      changedFields('asset', before[side].value.assetId, asset(before[side].value), asset(after[side].value)),
    ),
  ];
};
