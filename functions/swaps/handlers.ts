import type { Relationship } from '../../domain/relationship/relationship.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { Stored } from '../store/entity.ts';
import { describeSwap } from './describe-swap.ts';
import type { swapsOperations } from './operations.ts';
import { stageReplacement } from './replace-ci.ts';
import { stageReversal } from './revert-swap.ts';
import { stageNewSwap } from './swap-asset.ts';

export const swapsHandlers: Handlers<typeof swapsOperations, RequestScope & ApiContext> = {
  swapAsset: async ({ path, query, body }, scope) => {
    const { loaded, staged } = await stageNewSwap(scope.work, path.ciId, body, scope.now);
    return describeSwap(scope, loaded, staged, query);
  },
  revertSwap: async ({ path, query, body }, scope) => {
    const { loaded, staged } = await stageReversal(scope.work, path.ciId, body, scope.now);
    return describeSwap(scope, loaded, staged, query);
  },
  replaceCi: async ({ path, body }, { work, now }) => {
    const moved = await stageReplacement(work, path.ciId, body, now);
    const show = ({ value, version }: Stored<Relationship>) => ({ ...value, version });
    return {
      ciId: path.ciId,
      byCiId: body.byCiId,
      moved: moved.map(({ closed, opened }) => ({ closed: show(closed), opened: show(opened) })),
    };
  },
};
