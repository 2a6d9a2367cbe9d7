import * as z from 'zod';
import { ShownIdentifier, showIdentifier } from '../identity/shown-identifier.ts';
import { ciAuthority } from '../reconcile/authority.ts';
import { type Facet, FacetValue } from '../reconcile/facet.ts';
import { FacetSource, type Shown, showAttributes, showFacts, sourcesOf } from '../reconcile/view.ts';
import { AssetId, BindingId, CiId } from '../shared/id.ts';
import { Timestamp } from '../shared/time.ts';
import { Ci } from './ci.ts';
import { CiClass } from './ci-classes.ts';

/** The facts of a CI that are shown on their own; everything else is an attribute. */
export const CiFacts = z.strictObject({
  name: z.string().min(1).max(300).optional(),
  owner: z.string().max(200).optional(),
  supportGroup: z.string().max(200).optional(),
  environment: z.string().max(100).optional(),
  criticality: z.enum(['low', 'medium', 'high', 'critical']).optional(),
  description: z.string().max(1000).optional(),
});
export type CiFacts = z.infer<typeof CiFacts>;

/** A section of what a source said: its hash, and how many entries its bulky list has (they lie in S3 under that hash). */
const SectionSummary = z.strictObject({ section: z.string(), hash: z.string(), count: z.int().optional() });
const CiSource = FacetSource.extend({ sections: z.array(SectionSummary) }).meta({ id: 'CiSource' });

/** A configuration item as the API shows it. `attributes` are named `<section>.<key>`, for example `os.version`. */
export const CiView = CiFacts.extend({
  ciId: CiId,
  class: CiClass,
  status: Ci.shape.status,
  attributes: z.record(z.string(), FacetValue),
  assetId: AssetId.optional(),
  bindingId: BindingId.optional(),
  identifiers: z.array(ShownIdentifier),
  sources: z.array(CiSource),
  version: z.int().positive(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
}).meta({ id: 'Ci' });
export type CiView = z.infer<typeof CiView>;

/** The view of a stored CI. */
export const showCi = ({ value, version, change }: Shown<Ci>): CiView => ({
  ...showFacts(value.facets, CiFacts, ciAuthority),
  ciId: value.ciId,
  class: value.class,
  status: value.status,
  attributes: showAttributes(value.facets, Object.keys(CiFacts.shape)),
  ...(value.binding === undefined ? {} : { assetId: value.binding.assetId, bindingId: value.binding.bindingId }),
  identifiers: value.identifiers.map(showIdentifier),
  sources: sourcesOf(value.facets).map((source) => ({
    ...source,
    sections: summarise(value.facets[source.source]?.sections ?? {}),
  })),
  version,
  createdAt: value.createdAt,
  updatedAt: change?.at ?? value.createdAt,
});

const summarise = (sections: Facet['sections']): z.infer<typeof SectionSummary>[] =>
  Object.keys(sections)
    .sort()
    .flatMap((section) => {
      const found = sections[section];
      if (found === undefined) return [];
      return [{ section, hash: found.hash, ...(found.count === undefined ? {} : { count: found.count }) }];
    });
