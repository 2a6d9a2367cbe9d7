import * as z from 'zod';
import { AssetStatus } from '../../domain/asset/lifecycle.ts';
import { CiStatus } from '../../domain/ci/ci.ts';
import { ClassName } from '../../domain/ci/class-name.ts';
import { layers } from '../../domain/map/layer.ts';
import { RelationshipType } from '../../domain/relationship/relationship-types.ts';
import { AssetId, CiId, RelationshipId } from '../../domain/shared/id.ts';
import { Timestamp } from '../../domain/shared/time.ts';
import { WalkCost } from '../graph/answers.ts';

const Layer = z.enum(layers).meta({ id: 'MapLayer' });
const itemId = z.string();
const count = z.int().nonnegative();

/** The asset at the leaf: what realises the CI, how it is labelled, who holds it, and where it is. */
const MapAsset = z
  .strictObject({
    assetId: AssetId,
    tag: z.string().optional(),
    status: AssetStatus,
    holder: z.string().optional(),
    location: z.string().optional(),
  })
  .meta({ id: 'MapAsset' });

/**
 * One box: a CI, or many drawn as one (`count` of them, by class). `summary`: many of one class that `of` needs; `rest`: what did not fit.
 * `open`: the address that lists the many one by one. `more`: so many neighbours further down were not read.
 */
const MapNode = z
  .strictObject({
    id: itemId,
    kind: z.enum(['ci', 'summary', 'rest']),
    layer: Layer,
    name: z.string(),
    depth: count,
    ciId: CiId.optional(),
    class: ClassName.optional(),
    status: CiStatus.optional(),
    asset: MapAsset.optional(),
    count: count.optional(),
    classes: z.record(ClassName, count).optional(),
    of: itemId.optional(),
    open: z.string().optional(),
    more: count.optional(),
  })
  .meta({ id: 'MapNode' });
export type MapNode = z.output<typeof MapNode>;

/** One line: node `from` needs node `to`, by `count` relationships of this type; `group` is the redundancy group it belongs to. */
const MapEdge = z
  .strictObject({
    from: itemId,
    to: itemId,
    type: RelationshipType,
    count: z.int().positive(),
    group: z.string().optional(),
    relationshipId: RelationshipId.optional(),
  })
  .meta({ id: 'MapEdge' });

/** Node `of` keeps working while `need` of the group's `members` are left. */
const MapGroup = z
  .strictObject({ id: z.string(), of: itemId, name: z.string(), need: z.int().positive(), members: z.int().positive() })
  .meta({ id: 'MapGroup' });

/**
 * `summary`: how many CIs were read and how many boxes and lines are drawn for them. `truncated`: not all of the map is drawn one by one, or
 * there is more further down than was read.
 */
export const ServiceMap = z
  .strictObject({
    root: CiId,
    asOf: Timestamp.optional(),
    nodes: z.array(MapNode),
    edges: z.array(MapEdge),
    groups: z.array(MapGroup),
    truncated: z.boolean(),
    summary: z
      .strictObject({ read: count, drawn: count, collapsed: count, text: z.string() })
      .meta({ id: 'MapSummary' }),
    cost: WalkCost,
  })
  .meta({ id: 'ServiceMap' });
export type ServiceMap = z.output<typeof ServiceMap>;
