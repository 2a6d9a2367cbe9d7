import * as z from 'zod';
import { AssetView } from '../asset/asset-view.ts';
import { BindingView } from '../binding/bind.ts';
import { FieldChange } from '../binding/swap-effect.ts';
import { CiView } from '../ci/ci-view.ts';
import { FacetValue } from '../reconcile/facet.ts';
import { AssetId, CiId, MergeId, RelationshipId } from '../shared/id.ts';
import { count, optionalText, text, texts, whole } from '../shared/scalars.ts';
import { AssetChoice, Thing } from '../shared/thing.ts';
import { Timestamp } from '../shared/time.ts';

const reason = z.string().trim().min(1).max(500);

/** `fields` are set by hand on the survivor in the same act; `null` gives one back to the sources. */
export const NewMerge = z
  .strictObject({
    survivor: Thing,
    absorbed: Thing,
    fields: z.record(z.string().max(100), FacetValue.nullable()).optional(),
    assets: AssetChoice.optional(),
    reason: reason.optional(),
  })
  .refine(({ survivor, absorbed }) => 'ciId' in survivor === 'ciId' in absorbed, {
    error: 'Merge two CIs or two assets.',
    path: ['absorbed'],
  })
  .meta({ id: 'NewMerge' });
export type NewMerge = z.output<typeof NewMerge>;

const Things = z.strictObject({ ciId: CiId.optional(), assetId: AssetId.optional() });

/**
 * A merge, as the API shows it. `assetId` beside `ciId`: the assets of the two CIs were merged too. `merging`, `unmerging`: the things are
 * one, or two again, and relationships are still on their way; `relationshipsMoved` of them have come so far.
 */
export const Merge = z
  .strictObject({
    mergeId: MergeId,
    state: z.enum(['merging', 'merged', 'unmerging', 'unmerged']),
    relationshipsMoved: count.optional(),
    survivor: Things,
    absorbed: Things,
    by: text,
    at: Timestamp,
    reason: optionalText,
    unmerged: z.strictObject({ by: text, at: Timestamp, reason: optionalText }).optional(),
  })
  .meta({ id: 'Merge' });
export type Merge = z.infer<typeof Merge>;

/** An edge of the absorbed CI: closed, and `to` in its place where there is one. `was`: who asserted `to` before; absent when nobody did. */
const MovedEdge = z.strictObject({ from: RelationshipId, to: RelationshipId.optional(), was: texts.optional() });
export type MovedEdge = z.infer<typeof MovedEdge>;

/**
 * What is left of a merge that does not fit into one transaction. `pages`: how many pages of moved edges are written; `next`: what comes now.
 * Edges are moved in passes over both sides of the absorbed CI, until a whole pass has `found` none; they come back page by page.
 */
const MergeRest = z.strictObject({
  pages: whole,
  next: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('move'),
      side: z.enum(['out', 'in']),
      found: whole,
      after: z.record(z.string(), z.string()).optional(),
    }),
    z.strictObject({ kind: z.literal('back'), page: whole }),
    z.strictObject({ kind: z.literal('claims') }),
  ]),
});
export type MergeRest = z.infer<typeof MergeRest>;

/** Edges that one step of a merge has moved. */
export const MergePage = z.strictObject({ mergeId: MergeId, page: whole, edges: z.array(MovedEdge) });
export type MergePage = z.infer<typeof MergePage>;

/** A merge on its way: nothing else may be done with the two, and what still names the absorbed one is shown at the survivor. */
export const RunningMerge = z.strictObject({
  mergeId: MergeId,
  survivor: CiId,
  absorbed: CiId,
  state: z.enum(['merging', 'unmerging']),
});
export type RunningMerge = z.infer<typeof RunningMerge>;

/**
 * What it is taken back from. `things`: every CI and asset that the merge wrote, with its versions before and after; `links`: which
 * asset realised which of the CIs; `entries`: how sources name the two, and the version their entry had then.
 */
export const StoredMerge = Merge.extend({
  things: z.array(z.strictObject({ id: z.union([CiId, AssetId]), before: whole, after: whole })),
  links: z.array(z.strictObject({ ciId: CiId, assetId: AssetId })),
  edges: z.array(MovedEdge),
  entries: z.array(
    z.strictObject({ source: text, nativeKey: text, version: whole, side: z.enum(['survivor', 'absorbed']) }),
  ),
  rest: MergeRest.optional(),
  /** Pages of edges beside `edges`, once nothing is left to be moved. */
  pages: whole.optional(),
});
export type StoredMerge = z.infer<typeof StoredMerge>;

export const showMerge = (merge: StoredMerge): Merge => Merge.strip().parse(merge);

/** What a merge or its reversal did, or in a preview would do. `contradictions`: what speaks against that the two are one. */
export const MergeResult = z
  .strictObject({
    preview: z.boolean(),
    merge: Merge,
    survivor: z.strictObject({ ci: CiView.optional(), asset: AssetView.optional() }),
    absorbed: z.strictObject({ ci: CiView.optional(), asset: AssetView.optional() }),
    closed: z.array(BindingView),
    opened: BindingView.optional(),
    contradictions: texts,
    changes: z.array(FieldChange),
    moved: z.strictObject({ identifiers: count, relationships: count, sources: count }),
  })
  .meta({ id: 'MergeResult' });
export type MergeResult = z.infer<typeof MergeResult>;

export const Unmerge = z
  .strictObject({
    reason: reason.optional(),
    /** Who gets what was said since and cannot be told apart. Without it the unmerge is refused where there is such. */
    untold: z.enum(['survivor', 'absorbed']).optional(),
  })
  .meta({ id: 'Unmerge' });
export type Unmerge = z.output<typeof Unmerge>;
