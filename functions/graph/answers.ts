import * as z from 'zod';
import { CiClass } from '../../domain/ci/ci-classes.ts';
import { EdgeAttributes } from '../../domain/relationship/edge-attributes.ts';
import { RelationshipType } from '../../domain/relationship/relationship-types.ts';
import { AssetId, CiId, RelationshipId } from '../../domain/shared/id.ts';
import { Money } from '../../domain/shared/money.ts';
import { CalendarDate } from '../../domain/shared/time.ts';

/** What a request spent: CIs whose edges were read, round trips to the table, read units as DynamoDB counts them. */
export const WalkCost = z
  .strictObject({
    nodes: z.int().nonnegative(),
    roundTrips: z.int().nonnegative(),
    readUnits: z.number().nonnegative(),
  })
  .meta({ id: 'WalkCost' });

/** What is shown of the asset that realises a CI, with `include=asset`. */
export const NodeAsset = z
  .strictObject({
    cost: Money.optional(),
    warrantyEnd: CalendarDate.optional(),
    holder: z.string().optional(),
    location: z.string().optional(),
  })
  .meta({ id: 'NodeAsset' });

/**
 * A CI that the walk reached. `depth` counts from the nearest root; `via` is the CI it was reached from, and along which relationship.
 * `failed` (downstream): it fails with the roots; false means that it is reached, and survives or degrades.
 */
export const ImpactNode = z
  .strictObject({
    ciId: CiId,
    name: z.string(),
    class: CiClass,
    depth: z.int().positive(),
    via: z.strictObject({ ciId: CiId, relationshipId: RelationshipId, type: RelationshipType }),
    failed: z.boolean().optional(),
    assetId: AssetId.optional(),
    asset: NodeAsset.optional(),
  })
  .meta({ id: 'ImpactNode' });
export type ImpactNode = z.input<typeof ImpactNode>;

const ImpactEdge = z
  .strictObject({
    relationshipId: RelationshipId,
    type: RelationshipType,
    from: CiId,
    to: CiId,
    attributes: EdgeAttributes.optional(),
  })
  .meta({ id: 'ImpactEdge' });

/**
 * Nodes without the roots, nearest first. `truncated`: there is more, beyond the depth or the limit; `nextCursor` goes on there. What
 * `failed` says then follows from the part walked so far.
 */
const shared = {
  nodes: z.array(ImpactNode),
  edges: z.array(ImpactEdge),
  truncated: z.boolean(),
  nextCursor: z.string().optional(),
  cost: WalkCost,
};

export const Impact = z.strictObject({ root: CiId, ...shared }).meta({ id: 'Impact' });
export const JointImpact = z.strictObject({ roots: z.array(CiId), ...shared }).meta({ id: 'JointImpact' });

const Reason = z
  .strictObject({
    code: z.enum(['coverage', 'recent-change', 'distance', 'age', 'warranty']),
    points: z.number(),
    detail: z.string(),
  })
  .meta({ id: 'CauseReason' });

const Cause = z
  .strictObject({
    ciId: CiId,
    name: z.string(),
    class: CiClass,
    assetId: AssetId.optional(),
    score: z.number().min(0).max(1),
    explains: z.array(CiId),
    touches: z.array(CiId),
    distance: z.strictObject({ nearest: z.int().nonnegative(), mean: z.number().nonnegative() }),
    reasons: z.array(Reason),
  })
  .meta({ id: 'Cause' });

/** `truncated`: more lies upstream than was looked at, so that a cause may be missing. */
export const Causes = z
  .strictObject({ symptoms: z.array(CiId), causes: z.array(Cause), truncated: z.boolean(), cost: WalkCost })
  .meta({ id: 'Causes' });
