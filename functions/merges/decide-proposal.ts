import { idOfThing, type MergeDecision, type MergeProposal } from '../../domain/merge/proposal.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { Thing } from '../../domain/shared/thing.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { ofTenant } from '../store/entity.ts';
import { followMoved } from '../store/follow-moved.ts';
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

/** A person decides on the two, or on what they were merged into since. Throws `conflict` when somebody has, or when the two cannot be merged as they are. */
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
  const now = await Promise.all(things.map((one) => standingThing(scope.work, one)));
  const [first, second] = now;
  if (first === undefined || second === undefined) throw new Error(`${proposalId} names no pair`);
  const deciding = { by: scope.principal.subject, at: scope.now, reason };
  if (idOfThing(first) === idOfThing(second)) return closeProposal(scope.work, stored, 'merged', deciding);
  const named = things.findIndex((one) => survivor !== undefined && idOfThing(one) === idOfThing(survivor));
  const stays =
    survivor === undefined ? first : (now[named] ?? now.find((one) => idOfThing(one) === idOfThing(survivor)));
  if (stays === undefined) {
    throw new Problem('unprocessable', 'The survivor is one of the two.', {
      errors: [{ pointer: '#/body/survivor', detail: `It is neither ${things.map(idOfThing).join(' nor ')}.` }],
    });
  }
  const absorbed = stays === first ? second : first;
  const { proposals, merge } = await stageMerge(scope, {
    survivor: stays,
    absorbed,
    reason,
    ...(assets === undefined ? {} : { assets }),
  });
  const decided = proposals.find((one) => one.proposalId === proposalId);
  return decided ?? closeProposal(scope.work, stored, 'merged', { ...deciding, mergeId: merge.mergeId });
};

/** The thing as it stands now: one of the two may have been merged into a third one since it was proposed. */
const standingThing = async ({ table, author }: RequestScope['work'], thing: Thing): Promise<Thing> => {
  if ('ciId' in thing) {
    const found = await followMoved(table, author.tenant, ciEntity, thing.ciId);
    return found === undefined ? thing : { ciId: found.value.ciId };
  }
  const found = await followMoved(table, author.tenant, assetEntity, thing.assetId);
  return found === undefined ? thing : { assetId: found.value.assetId };
};
