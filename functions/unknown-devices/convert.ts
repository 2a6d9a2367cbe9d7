import { createAsset } from '../../domain/asset/create-asset.ts';
import { bind } from '../../domain/binding/bind.ts';
import { hardwareIdentifiersOf } from '../../domain/binding/hardware.ts';
import { ciClasses } from '../../domain/ci/ci-classes.ts';
import { className } from '../../domain/ci/class-name.ts';
import { createCi, editCi } from '../../domain/ci/write-ci.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { NewDecision } from '../../domain/unknown-device/decide.ts';
import type { UnknownDevice } from '../../domain/unknown-device/unknown-device.ts';
import { assetEntity } from '../assets/entity.ts';
import { bindingEntity } from '../bindings/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { placeEditedCi, placeNewCi } from '../cis/hold-to-class.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { moveClaims, takeClaims } from '../lookup/claims.ts';
import { digest } from '../shared/digest.ts';
import type { Stored } from '../store/entity.ts';
import { latestOf } from '../store/unit-of-work.ts';

/**
 * Stages an asset for an unknown device, bound to the CI that stands for it, or to one of its own: all in the transaction of the decision.
 * MACs that the CI holds go to the asset; where there is none, the asset claims those that are permanent. Throws `duplicate` for an
 * identifier that something else has.
 */
export const convert = async (
  scope: RequestScope & ApiContext,
  { ciId, name: seenAs, key, identifiers }: UnknownDevice,
  { class: ciClass = 'device', assetTag, serial, manufacturer, name }: NewDecision,
): Promise<{ assetId: string; ciId: string }> => {
  const { work, now, requestKey } = scope;
  const stored = ciId === undefined ? undefined : await work.load(ciEntity, ciId);
  const at = latestOf(now, stored);
  const writing = { now: at, digest };
  const { tenant, correlationId } = work.author;
  const creation = { ...writing, tenant, requestKey, correlationId };
  const called = name ?? seenAs ?? key.value;
  const macs = identifiers.flatMap(({ type, value }) => (type === 'mac' ? [value] : []));
  const { asset, claims } = createAsset(
    {
      kind: 'hardware',
      status: 'deployed',
      name: called,
      ...(assetTag === undefined ? {} : { assetTag }),
      ...(serial === undefined ? {} : { serial }),
      ...(manufacturer === undefined ? {} : { manufacturer }),
      ...(stored === undefined && macs.length > 0 ? { macs } : {}),
    },
    creation,
  );
  const fresh = { class: ciClass, name: called, status: 'operational' as const, attributes: {} };
  const ci =
    stored === undefined
      ? createCi(fresh, await placeNewCi(scope, fresh), creation)
      : editCi(stored.value, { class: ciClass }, writing, await placeEditedCi(scope, stored.value, { class: ciClass }));
  refuseLogical(ci);
  const joined = bind(asset, ci, writing);
  await moveClaims(work, { assetId: asset.assetId }, { claims });
  await takeClaims(work, [{ compacts: hardwareIdentifiersOf(ci), assetId: asset.assetId, ciId: ci.ciId }]);
  work.create(assetEntity, joined.asset, { type: 'AssetCreated', at });
  stageCi(work, stored, joined.ci, at);
  work.create(bindingEntity, joined.binding, { type: 'AssetBound', at });
  return { assetId: asset.assetId, ciId: ci.ciId };
};

/** `bind` says the same, of a CI that the caller did not name. */
const refuseLogical = (ci: CiValue): void => {
  if (ciClasses[ci.class].asset) return;
  throw new Problem('unprocessable', `A CI of class ${className(ci)} is not realised by an asset.`, {
    errors: [{ pointer: '#/body/class', detail: 'Name a class of hardware; without one it is a device.' }],
  });
};

type CiValue = ReturnType<typeof createCi>;

const stageCi = (work: RequestScope['work'], stored: Stored<CiValue> | undefined, ci: CiValue, at: string): void => {
  if (stored === undefined) work.create(ciEntity, ci, { type: 'CiCreated', at });
  else work.replace(ciEntity, stored, ci, { type: 'CiUpdated', at });
};
