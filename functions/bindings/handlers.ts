import { bind } from '../../domain/binding/bind.ts';
import { hardwareIdentifiersOf } from '../../domain/binding/hardware.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { takeClaims } from '../lookup/claims.ts';
import { digest } from '../shared/digest.ts';
import { latestOf } from '../store/unit-of-work.ts';
import { bindingEntity } from './entity.ts';
import type { bindingsOperations } from './operations.ts';

export const bindingsHandlers: Handlers<typeof bindingsOperations, RequestScope & ApiContext> = {
  createBinding: async ({ body }, { work, now }) => {
    const [asset, ci] = await Promise.all([work.load(assetEntity, body.assetId), work.load(ciEntity, body.ciId)]);
    const at = latestOf(now, asset, ci);
    const next = bind(asset.value, ci.value, { now: at, digest });
    await takeClaims(work, [{ compacts: hardwareIdentifiersOf(ci.value), ...body }]);
    work.replace(assetEntity, asset, next.asset, { type: 'AssetUpdated', at });
    work.replace(ciEntity, ci, next.ci, { type: 'CiUpdated', at });
    const { value, version } = work.create(bindingEntity, next.binding, { type: 'AssetBound', at });
    return { ...value, version };
  },
};
