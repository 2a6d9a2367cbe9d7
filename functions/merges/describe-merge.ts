import { assetValues, showAsset } from '../../domain/asset/asset-view.ts';
import { changedFields } from '../../domain/binding/swap-effect.ts';
import { ciValues, showCi } from '../../domain/ci/ci-view.ts';
import { type MergeResult, showMerge } from '../../domain/merge/merge.ts';
import type { Viewing } from '../../domain/reconcile/decide-value.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { viewingOf } from '../reconciliation/read-viewing.ts';
import type { Staged } from './stage-merge.ts';

/** The answer to a merge or its reversal. In a preview the work is abandoned. */
export const describeMerge = async (
  scope: RequestScope & ApiContext,
  staged: Staged,
  { preview }: { preview: boolean },
): Promise<MergeResult> => {
  const viewing = await viewingOf(scope);
  if (preview) scope.work.abandon();
  const side = ({ ciId, assetId }: { ciId?: string | undefined; assetId?: string | undefined }) => {
    const ci = staged.cis.find(({ value }) => value.ciId === ciId);
    const asset = staged.assets.find(({ value }) => value.assetId === assetId);
    return {
      ...(ci === undefined ? {} : { ci: showCi(ci, viewing) }),
      ...(asset === undefined ? {} : { asset: showAsset(asset, viewing) }),
    };
  };
  const { closed, opened, merge } = staged;
  return {
    preview,
    merge: showMerge(merge),
    survivor: side(merge.survivor),
    absorbed: side(merge.absorbed),
    closed: closed.map(({ value, version }) => ({ ...value, version })),
    ...(opened === undefined ? {} : { opened: { ...opened.value, version: opened.version } }),
    contradictions: staged.contradictions,
    changes: changesOf(staged, viewing),
    moved: staged.moved,
  };
};

/** Field by field, what is shown otherwise; of what was absorbed only that it leads elsewhere. */
const changesOf = ({ before, cis, assets }: Staged, viewing: Viewing): MergeResult['changes'] => {
  const ofCis = cis.flatMap(({ value }) => {
    const old = before.cis.find((one) => one.value.ciId === value.ciId)?.value;
    const fields = (ci: typeof value) => {
      const { facts, attributes } = ciValues(ci, viewing);
      return {
        class: ci.class,
        status: ci.status,
        assetId: ci.binding?.assetId,
        mergedInto: ci.mergedInto,
        ...facts,
        ...attributes,
      };
    };
    return old === undefined ? [] : changedFields('ci', value.ciId, fields(old), fields(value));
  });
  const ofAssets = assets.flatMap(({ value }) => {
    const old = before.assets.find((one) => one.value.assetId === value.assetId)?.value;
    const fields = (asset: typeof value) => ({
      status: asset.status,
      ciId: asset.binding?.ciId,
      mergedInto: asset.mergedInto,
      ...assetValues(asset, viewing),
    });
    return old === undefined ? [] : changedFields('asset', value.assetId, fields(old), fields(value));
  });
  return [...ofCis, ...ofAssets];
};
