import type { Merge } from '../../domain/merge/merge.ts';
import { showMerge } from '../../domain/merge/merge.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { ofTenant } from '../store/entity.ts';
import { type Position, readPage } from '../store/read-page.ts';
import { decideProposal, listProposals } from './decide-proposal.ts';
import { describeMerge } from './describe-merge.ts';
import { mergeEntity, mergeListPartition } from './entity.ts';
import type { mergesOperations } from './operations.ts';
import { proposalEntity } from './proposal-entity.ts';
import { stageMerge } from './stage-merge.ts';
import { stageUnmerge } from './stage-unmerge.ts';

export const mergesHandlers: Handlers<typeof mergesOperations, RequestScope & ApiContext> = {
  merge: async ({ body, query }, scope) => describeMerge(scope, await stageMerge(scope, body), query),
  getMerge: async ({ path }, { work }) => showMerge((await work.read(mergeEntity, path.mergeId)).value),
  listMerges: async ({ query: { limit, cursor: after } }, { table, principal, cursor }) => {
    const { found, next } = await readPage<Merge>(
      table,
      {
        index: 'list',
        pk: ofTenant(principal.tenant, mergeListPartition),
        backwards: true,
        limit,
        after: after === undefined ? undefined : (cursor.open(after) as Position),
      },
      async (items) => {
        const merges = new Map((await table.getMany(items)).map((item) => [item.pk, mergeEntity.fromItem(item).value]));
        return items.map(({ pk }) => {
          const merge = merges.get(pk);
          return merge === undefined ? undefined : showMerge(merge);
        });
      },
    );
    return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
  },
  listMergeProposals: ({ query }, scope) => listProposals(query, scope),
  getMergeProposal: async ({ path }, { work }) => (await work.read(proposalEntity, path.proposalId)).value,
  decideMergeProposal: ({ path, body }, scope) => decideProposal(scope, path.proposalId, body),
  unmerge: async ({ path, body, query }, scope) =>
    describeMerge(scope, await stageUnmerge(scope, path.mergeId, body), query),
};
