import type { Merge } from '../../domain/merge/merge.ts';
import type { MergeProposal } from '../../domain/merge/proposal.ts';
import type { Thing } from '../../domain/shared/thing.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { proposalEntity, proposalIdOf } from './proposal-entity.ts';

type Deciding = { by: string; at: string; reason?: string | undefined; mergeId?: string };

/** Stages the proposal as decided. */
export const closeProposal = (
  work: UnitOfWork,
  stored: Stored<MergeProposal>,
  state: MergeProposal['state'],
  { by, at, reason, mergeId }: Deciding,
): MergeProposal => {
  const { reason: _reason, ...rest } = stored.value;
  const next: MergeProposal = {
    ...rest,
    state,
    decidedBy: by,
    decidedAt: at,
    ...(reason === undefined ? {} : { reason }),
    ...(mergeId === undefined ? {} : { mergeId }),
  };
  return work.replace(proposalEntity, stored, next, { type: 'MergeProposalDecided', reason }).value;
};

/** Closes what was proposed of the pairs that are merged, or told apart again, in the same act. Gives those that there are. */
export const closeProposals = async (
  work: UnitOfWork,
  { survivor, absorbed }: Pick<Merge, 'survivor' | 'absorbed'>,
  state: 'merged' | 'kept-apart',
  deciding: Deciding,
): Promise<MergeProposal[]> => {
  const pairs: Thing[][] = [
    ...(survivor.ciId === undefined || absorbed.ciId === undefined
      ? []
      : [[{ ciId: survivor.ciId }, { ciId: absorbed.ciId }]]),
    ...(survivor.assetId === undefined || absorbed.assetId === undefined
      ? []
      : [[{ assetId: survivor.assetId }, { assetId: absorbed.assetId }]]),
  ];
  const found = await Promise.all(
    pairs.map((things) => work.find(proposalEntity, proposalIdOf(work.author.tenant, things))),
  );
  return found.flatMap((stored) => {
    if (stored === undefined || stored.value.state === state) return [];
    return [closeProposal(work, stored, state, deciding)];
  });
};
