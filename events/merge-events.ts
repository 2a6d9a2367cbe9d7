import * as z from 'zod';
import { AssetId, CiId, MergeId, MergeProposalId } from '../domain/shared/id.ts';
import { Thing } from '../domain/shared/thing.ts';
import { defineEvent } from './event.ts';

/** Two things turned out to be one. The event is of the absorbed one: `mergedInto` is the survivor. */
export const cisMerged = defineEvent('CisMerged', z.strictObject({ ciId: CiId, mergedInto: CiId }));
export const assetsMerged = defineEvent('AssetsMerged', z.strictObject({ assetId: AssetId, mergedInto: AssetId }));

/** A merge was taken back: what was absorbed is itself again. */
export const cisUnmerged = defineEvent(
  'CisUnmerged',
  z.strictObject({ ciId: CiId, class: z.string(), status: z.string() }),
);
export const assetsUnmerged = defineEvent('AssetsUnmerged', z.strictObject({ assetId: AssetId, status: z.string() }));

/** All that named the absorbed one names the survivor now, and the other way about: at once, or after a while where there is much of it. */
const Things = z.strictObject({ ciId: CiId.optional(), assetId: AssetId.optional() });
export const mergeCompleted = defineEvent(
  'MergeCompleted',
  z.strictObject({ mergeId: MergeId, survivor: Things, absorbed: Things }),
);
export const unmergeCompleted = defineEvent(
  'UnmergeCompleted',
  z.strictObject({ mergeId: MergeId, survivor: Things, absorbed: Things }),
);

/** A record leads to two things that may be one, or something else says so now. */
export const mergeProposed = defineEvent(
  'MergeProposed',
  z.strictObject({ proposalId: MergeProposalId, things: z.array(Thing) }),
);
export const mergeProposalDecided = defineEvent(
  'MergeProposalDecided',
  z.strictObject({
    proposalId: MergeProposalId,
    things: z.array(Thing),
    state: z.enum(['open', 'merged', 'kept-apart']),
    mergeId: MergeId.optional(),
  }),
);
