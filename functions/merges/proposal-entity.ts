import { idOfThing, MergeProposal } from '../../domain/merge/proposal.ts';
import { idFrom } from '../../domain/shared/id.ts';
import type { Thing } from '../../domain/shared/thing.ts';
import { digest } from '../shared/digest.ts';
import { defineEntity } from '../store/entity.ts';

/** Where proposals are listed: by state, the oldest first. */
export const proposalListPartition = 'merge-proposals';

/** One pair of things has one proposal for ever. */
export const proposalIdOf = (tenant: string, things: readonly Thing[]): string =>
  idFrom('mpr', digest, tenant, ...things.map(idOfThing).sort());

export const proposalEntity = defineEntity<MergeProposal, string>({
  name: 'merge proposal',
  schema: MergeProposal,
  tracked: true,
  id: ({ proposalId }) => proposalId,
  key: (proposalId) => ({ pk: proposalId, sk: '#' }),
  indexes: ({ state, firstSeenAt, proposalId }) => ({
    list: { pk: proposalListPartition, sk: `${state}#${firstSeenAt}#${proposalId}` },
  }),
  chart: 'two things that may be one, and what says so; listed by state',
});
