import * as z from 'zod';
import { Merge, MergeResult, NewMerge, Unmerge } from '../../domain/merge/merge.ts';
import { MergeDecision, MergeProposal } from '../../domain/merge/proposal.ts';
import { MergeId, MergeProposalId } from '../../domain/shared/id.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { PageQuery, pageOf, pageParameters } from '../http/page.ts';

const path = z.strictObject({ mergeId: MergeId });
const query = z.strictObject({ preview: z.stringbool().default(false) });

const proposalPath = z.strictObject({ proposalId: MergeProposalId });
const ProposalQuery = z.strictObject({ ...pageParameters, state: MergeProposal.shape.state.default('open') });
export type ProposalQuery = z.output<typeof ProposalQuery>;

export const mergesOperations = {
  merge: defineOperation({
    id: 'merge',
    route: 'POST /merges',
    summary: 'Make one of two CIs, or of two assets, that are one thing; preview=true only tells what would happen',
    permission: 'merge:write',
    query,
    body: NewMerge,
    success: { status: 201, schema: MergeResult, location: ({ merge }) => `/merges/${merge.mergeId}` },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
  listMerges: defineOperation({
    id: 'listMerges',
    route: 'GET /merges',
    summary: 'Merges, latest first',
    permission: 'merge:read',
    query: PageQuery,
    success: { status: 200, schema: pageOf('MergePage', Merge) },
    problems: [],
  }),
  getMerge: defineOperation({
    id: 'getMerge',
    route: 'GET /merges/{mergeId}',
    summary: 'One merge: what was merged into what, by whom, and whether it was taken back',
    permission: 'merge:read',
    path,
    success: { status: 200, schema: Merge },
    problems: ['not-found'],
  }),
  unmerge: defineOperation({
    id: 'unmerge',
    route: 'POST /merges/{mergeId}/unmerge',
    summary: 'Take a merge back; what was said since stays with whom it was said of',
    permission: 'merge:write',
    path,
    query,
    body: Unmerge,
    success: { status: 200, schema: MergeResult },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
  listMergeProposals: defineOperation({
    id: 'listMergeProposals',
    route: 'GET /merge-proposals',
    summary: 'Pairs of things that one record leads to and that may be one, oldest first',
    permission: 'merge:read',
    query: ProposalQuery,
    success: { status: 200, schema: pageOf('MergeProposalPage', MergeProposal) },
    problems: [],
  }),
  getMergeProposal: defineOperation({
    id: 'getMergeProposal',
    route: 'GET /merge-proposals/{proposalId}',
    summary: 'One pair that may be one thing, and what says so',
    permission: 'merge:read',
    path: proposalPath,
    success: { status: 200, schema: MergeProposal },
    problems: ['not-found'],
  }),
  decideMergeProposal: defineOperation({
    id: 'decideMergeProposal',
    route: 'POST /merge-proposals/{proposalId}/decision',
    summary: 'Merge the two, or keep them apart: then the same evidence does not ask again',
    permission: 'merge:write',
    path: proposalPath,
    body: MergeDecision,
    success: { status: 200, schema: MergeProposal },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
} satisfies Operations;
