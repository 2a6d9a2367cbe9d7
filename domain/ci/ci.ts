import * as z from 'zod';
import { Origin } from '../asset/asset.ts';
import { Facets } from '../reconcile/facet.ts';
import { AssetId, BindingId, CiId, MergeId } from '../shared/id.ts';
import { texts } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { CiClass } from './ci-classes.ts';

export const ciStatuses = ['planned', 'operational', 'maintenance', 'missing', 'retired'] as const;
export const CiStatus = z.enum(ciStatuses).meta({ id: 'CiStatus' });
export type CiStatus = z.infer<typeof CiStatus>;

/**
 * A configuration item as it is stored. Shown attributes are computed from `facets`, as for assets.
 * `binding` names the asset that realises it now, if any.
 */
export const Ci = z.strictObject({
  ciId: CiId,
  class: CiClass,
  /** The tenant's own classes below `class`, from broad to narrow: the last one is what it is. */
  ownClasses: z.array(z.string()).min(1).optional(),
  status: CiStatus,
  statusSetBy: z.enum(['import', 'person']),
  /** When it was deleted, as its source says; only beside `retired` by an import. */
  retiredAt: Timestamp.optional(),
  identifiers: texts,
  facets: Facets,
  binding: z.strictObject({ bindingId: BindingId, assetId: AssetId, from: Timestamp }).optional(),
  /** The CI that it was merged into, and the merges that this one took others in by, the last one last. */
  mergedInto: CiId.optional(),
  merges: z.array(MergeId).optional(),
  origin: Origin,
  createdAt: Timestamp,
});
export type Ci = z.infer<typeof Ci>;
