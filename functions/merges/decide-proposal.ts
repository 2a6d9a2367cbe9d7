import { idOfThing, type MergeDecision, type MergeProposal } from '../../domain/merge/proposal.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { ofTenant } from '../store/entity.ts';
import { type Position, readPage } from '../store/read-page.ts';
import { closeProposal } from './close-proposals.ts';
import type { ProposalQuery } from './operations.ts';
import { proposalEntity, proposalListPartition } from './proposal-entity.ts';
import { stageMerge } from './stage-merge.ts';

/** One page of proposals in a state, the oldest first. */
export const listProposals = async (
  { limit, cursor: after, state }: ProposalQuery,
  { table, principal, cursor }: RequestScope & ApiContext,
) => {
  const { found, next } = await readPage<MergeProposal>(
    table,
    {
      index: 'list',
      pk: ofTenant(principal.tenant, proposalListPartition),
      prefix: `${state}#`,
      limit,
      after: after === undefined ? undefined : (cursor.open(after) as Position),
    },
    async (items) => {
      const whole = new Map((await table.getMany(items)).map((item) => [item.pk, proposalEntity.fromItem(item).value]));
      return items.map(({ pk }) => whole.get(pk)).map((one) => (one?.state === state ? one : undefined));
    },
  );
  return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
};

/** A person decides. Throws `conflict` when somebody has, or when the two cannot be merged as they are. */
export const decideProposal = async (
  scope: Pick<RequestScope, 'work' | 'now' | 'requestKey' | 'principal'>,
  proposalId: string,
  { decision, survivor, assets, reason }: MergeDecision,
): Promise<MergeProposal> => {
  const stored = await scope.work.load(proposalEntity, proposalId);
  const { state, things } = stored.value;
  if (state !== 'open') throw new Problem('conflict', `${proposalId} was decided: ${state}.`);
  if (decision === 'keep-apart') {
    return closeProposal(scope.work, stored, 'kept-apart', { by: scope.principal.subject, at: scope.now, reason });
  }
  const [first, second] = things;
  if (first === undefined || second === undefined) throw new Error(`${proposalId} names no pair`);
  const stays = survivor === undefined ? first : things.find((one) => idOfThing(one) === idOfThing(survivor));
  if (stays === undefined) {
    throw new Problem('unprocessable', 'The survivor is one of the two.', {
      errors: [{ pointer: '#/body/survivor', detail: `It is neither ${things.map(idOfThing).join(' nor ')}.` }],
    });
  }
  const absorbed = stays === first ? second : first;
  const { proposals } = await stageMerge(scope, {
    survivor: stays,
    absorbed,
    reason,
    ...(assets === undefined ? {} : { assets }),
  });
  const decided = proposals.find((one) => one.proposalId === proposalId);
  if (decided === undefined) throw new Error(`${proposalId} was merged and does not know it`);
  return decided;
};
