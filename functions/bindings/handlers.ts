import { bind } from '../../domain/binding/bind.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { takeClaims } from '../lookup/claims.ts';
import { digest } from '../shared/digest.ts';
import { bindingEntity } from './entity.ts';
import type { bindingsOperations } from './operations.ts';

export const bindingsHandlers: Handlers<typeof bindingsOperations, RequestScope & ApiContext> = {
  createBinding: async ({ body }, { work, now }) => {
    const [asset, ci] = await Promise.all([work.load(assetEntity, body.assetId), work.load(ciEntity, body.ciId)]);
    const taken = await takeClaims(work, ci.value, body.assetId);
    const next = bind(asset.value, ci.value, taken, { now, digest });
    work.replace(assetEntity, asset, next.asset, { type: 'AssetUpdated' });
    work.replace(ciEntity, ci, next.ci, { type: 'CiUpdated' });
    const { value, version } = work.create(bindingEntity, next.binding, { type: 'AssetBound' });
    return { ...value, version };
  },
};
