import * as z from 'zod';
import { CiStatus } from '../ci/ci.ts';
import { CiFacts } from '../ci/ci-view.ts';
import { ClassName } from '../ci/class-name.ts';
import { CiId } from '../shared/id.ts';
import { count, optionalText, text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';

export const BaselineId = z
  .string()
  .regex(/^bsl_[a-z2-7]{26}$/)
  .meta({ id: 'BaselineId' });

/** CIs of a class and those below it, by status and facts as shown, without regard to case. Without a status: everything that is not retired. */
export const QueryScope = z
  .strictObject({
    class: ClassName.optional(),
    status: CiStatus.optional(),
    environment: CiFacts.shape.environment,
    owner: CiFacts.shape.owner,
    supportGroup: CiFacts.shape.supportGroup,
    criticality: CiFacts.shape.criticality,
  })
  .meta({ id: 'BaselineQueryScope' });
export type QueryScope = z.infer<typeof QueryScope>;

/** A service and all that carries it, down to `depth` levels; without a depth, everything. */
export const ServiceScope = z
  .strictObject({ service: CiId, depth: z.int().min(1).max(1000).optional() })
  .meta({ id: 'BaselineServiceScope' });
export type ServiceScope = z.infer<typeof ServiceScope>;

export const BaselineScope = z.union([ServiceScope, QueryScope]);
export type BaselineScope = z.infer<typeof BaselineScope>;

const Counts = z.strictObject({ cis: count, edges: count, bindings: count });
export type Counts = z.infer<typeof Counts>;

/**
 * A frozen set of CIs as of one moment. Its content lies in S3; kept here are the scope, the counts, and the hash of the list of its
 * segments, which names each segment's hash in turn. `after`: where building goes on, while it is `building`.
 */
export const Baseline = z.strictObject({
  baselineId: BaselineId,
  name: text,
  note: optionalText,
  scope: BaselineScope,
  asOf: Timestamp,
  status: z.enum(['building', 'ready', 'retired']),
  counts: Counts,
  segments: count,
  hash: text,
  after: optionalText,
  createdAt: Timestamp,
  createdBy: text,
});
export type Baseline = z.infer<typeof Baseline>;

/** A baseline as the API shows it. */
export const BaselineView = Baseline.omit({ after: true })
  .extend({ version: z.int().positive() })
  .meta({ id: 'Baseline' });

/** What a person asks to be frozen; `asOf` in the past freezes what was then. */
export const NewBaseline = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    note: z.string().trim().min(1).max(1000).optional(),
    scope: BaselineScope,
    asOf: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({ id: 'NewBaseline' });
export type NewBaseline = z.output<typeof NewBaseline>;
