import * as z from 'zod';
import { RelationshipType } from '../../domain/relationship/relationship-types.ts';
import { AssetId, CiId } from '../../domain/shared/id.ts';
import { Timestamp } from '../../domain/shared/time.ts';
import { asOfParameters } from '../http/as-of.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { Causes, Impact, JointImpact } from './answers.ts';

const largestCursor = 6000;
const depth = z.coerce.number().int().min(1).max(1000).default(10);
const cursor = z.string().min(1).max(largestCursor).optional();
const several = z.array(CiId).min(1).max(50);

/** `runs on,depends on`: names with commas between them. */
export const TypeList = z
  .string()
  .transform((text): unknown[] => text.split(','))
  .pipe(z.array(RelationshipType).min(1));

const ImpactQuery = z.strictObject({
  direction: z.enum(['downstream', 'upstream']).default('downstream'),
  depth,
  types: TypeList.optional(),
  /** How many nodes one answer has at most. */
  limit: z.coerce.number().int().min(1).max(5000).default(5000),
  include: z.enum(['asset']).optional(),
  ...asOfParameters,
  cursor,
});

/** The answer is kept with the Idempotency-Key, in one item: hence fewer nodes in one answer. */
const JointImpactRequest = z
  .strictObject({
    failures: z.array(CiId).max(50).default([]),
    /** Assets that would be retired, lost or taken away: the CIs that they realise fail with the others. */
    assets: z.array(AssetId).max(50).default([]),
    depth: z.int().min(1).max(1000).default(10),
    types: z.array(RelationshipType).min(1).optional(),
    limit: z.int().min(1).max(300).default(300),
    include: z.enum(['asset']).optional(),
    ...asOfParameters,
    cursor,
  })
  .refine(({ failures, assets }) => failures.length + assets.length > 0, {
    error: 'Name at least one failure or asset.',
    path: ['failures'],
  })
  .meta({ id: 'JointImpactRequest' });

const CauseRequest = z
  .strictObject({
    symptoms: several,
    /** Changes in this time count; by default in the seven days up to now. */
    window: z.strictObject({ from: Timestamp, to: Timestamp.optional() }).optional(),
    limit: z.int().min(1).max(50).default(10),
    ...asOfParameters,
  })
  .meta({ id: 'CauseRequest' });
export type CauseRequest = Omit<z.output<typeof CauseRequest>, 'asOf'>;

export const graphOperations = {
  getImpact: defineOperation({
    id: 'getImpact',
    route: 'GET /cis/{ciId}/impact',
    summary:
      'What suffers if a configuration item fails (downstream), or what it needs (upstream), and along which relationships; with asOf as it was then',
    permission: 'ci:read',
    path: z.strictObject({ ciId: CiId }),
    query: ImpactQuery,
    success: { status: 200, schema: Impact },
    problems: ['not-found', 'conflict', 'moved'],
  }),
  assessFailures: defineOperation({
    id: 'assessFailures',
    route: 'POST /impact',
    summary:
      'What would suffer if all of these failed at once, or these assets were retired; with asOf what would have suffered then',
    permission: 'ci:read',
    body: JointImpactRequest,
    success: { status: 200, schema: JointImpact },
    problems: ['not-found', 'conflict'],
  }),
  findRootCauses: defineOperation({
    id: 'findRootCauses',
    route: 'POST /root-causes',
    summary: 'What could explain all of these symptoms: shared upstream items, best first, with reasons',
    permission: 'ci:read',
    body: CauseRequest,
    success: { status: 200, schema: Causes },
    problems: ['not-found', 'unprocessable', 'conflict'],
  }),
} satisfies Operations;
