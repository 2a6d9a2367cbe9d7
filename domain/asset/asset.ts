import * as z from 'zod';
import { Facets } from '../reconcile/facet.ts';
import { AssetId, BindingId, CiId, MergeId } from '../shared/id.ts';
import { count, optionalWhole, text, texts } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { AssetStatus } from './lifecycle.ts';

/** Where an entity came from: the request or import record that created it. It tells a replay from a second creation. */
export const Origin = z.strictObject({ correlationId: text, record: optionalWhole });
export type Origin = z.infer<typeof Origin>;

/**
 * An asset as it is stored. What is shown (model, holder, cost ...) is computed from `facets` by authority, so that every source's
 * word is kept and no source overwrites another. `statusSetBy`: an import may only move a status that an import gave.
 * `binding` is the open binding, kept here so that one read tells asset and CI; `bindings` counts all of them, ever.
 */
export const Asset = z.strictObject({
  assetId: AssetId,
  kind: z.enum(['hardware', 'software', 'consumable']),
  status: AssetStatus,
  statusSetBy: z.enum(['import', 'person']),
  identifiers: texts,
  facets: Facets,
  binding: z.strictObject({ bindingId: BindingId, ciId: CiId, from: Timestamp }).optional(),
  bindings: count,
  /** The asset that it was merged into, and the merges that this one took others in by, the last one last. */
  mergedInto: AssetId.optional(),
  merges: z.array(MergeId).optional(),
  origin: Origin,
  createdAt: Timestamp,
});
export type Asset = z.infer<typeof Asset>;
