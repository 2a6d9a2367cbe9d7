import * as z from 'zod';
import { ShownIdentifier, showIdentifier } from '../identity/shown-identifier.ts';
import { type Candidates, candidatesIn } from '../reconcile/candidates.ts';
import { byDefaultRules, decideAll, type Viewing } from '../reconcile/decide-value.ts';
import { type Facet, FacetValue } from '../reconcile/facet.ts';
import { FacetSource, facetsInOrder, type Shown, sourceOf } from '../reconcile/view.ts';
import { AssetId, BindingId, CiId } from '../shared/id.ts';
import { optionalWhole, text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import { Ci } from './ci.ts';
import { CiClass } from './ci-classes.ts';
import { ClassName, className } from './class-name.ts';

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
const SectionSummary = z.strictObject({ section: text, hash: text, count: optionalWhole });
const CiSource = FacetSource.extend({ sections: z.array(SectionSummary) }).meta({ id: 'CiSource' });

/**
 * A configuration item as the API shows it. `attributes` are named `<section>.<key>`, for example `os.version`; what is shown as a
 * fact of its own (name, owner ...) is not among them again.
 */
export const CiView = CiFacts.extend({
  ciId: CiId,
  class: ClassName,
  /** Beside a class of the tenant's own: the built-in one that it is below. */
  builtInClass: CiClass.optional(),
  status: Ci.shape.status,
  retiredAt: Timestamp.optional(),
  attributes: z.record(text, FacetValue),
  assetId: AssetId.optional(),
  bindingId: BindingId.optional(),
  identifiers: z.array(ShownIdentifier),
  sources: z.array(CiSource),
  mergedInto: CiId.optional(),
  version: z.int().positive(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
}).meta({ id: 'Ci' });
export type CiView = z.infer<typeof CiView>;

/** What every source says of each fact and attribute of a CI. */
export const ciCandidates = ({ facets }: Pick<Ci, 'facets'>): Candidates => candidatesIn(facets, CiFacts.shape, true);

/** The shown facts and attributes of a CI, by the rules for its class. */
export const ciValues = (
  ci: Pick<Ci, 'class' | 'facets'>,
  { rules, now }: Viewing,
): { facts: CiFacts; attributes: Record<string, FacetValue> } => {
  const facts: [string, FacetValue][] = [];
  const attributes: [string, FacetValue][] = [];
  for (const [name, { value }] of decideAll(ciCandidates(ci), rules.rulesFor(ci.class), now)) {
    (Object.hasOwn(CiFacts.shape, name) ? facts : attributes).push([name, value]);
  }
  attributes.sort(([a], [b]) => (a < b ? -1 : 1));
  return { facts: Object.fromEntries(facts) as CiFacts, attributes: Object.fromEntries(attributes) };
};

/** The view of a stored CI, by the rules of its tenant. */
export const showCi = ({ value, version, change }: Shown<Ci>, viewing: Viewing = byDefaultRules): CiView => {
  const { facts, attributes } = ciValues(value, viewing);
  return {
    ...facts,
    ciId: value.ciId,
    class: className(value),
    ...(value.ownClasses === undefined ? {} : { builtInClass: value.class }),
    status: value.status,
    ...(value.retiredAt === undefined ? {} : { retiredAt: value.retiredAt }),
    attributes,
    ...(value.binding === undefined ? {} : { assetId: value.binding.assetId, bindingId: value.binding.bindingId }),
    identifiers: value.identifiers.map(showIdentifier),
    sources: facetsInOrder(value.facets).map(([key, facet]) => ({
      ...sourceOf([key, facet]),
      sections: summarise(facet.sections),
    })),
    ...(value.mergedInto === undefined ? {} : { mergedInto: value.mergedInto }),
    version,
    createdAt: value.createdAt,
    updatedAt: change?.at ?? value.createdAt,
  };
};

const summarise = (sections: Facet['sections']): z.infer<typeof SectionSummary>[] =>
  Object.keys(sections)
    .sort()
    .flatMap((section) => {
      const found = sections[section];
      if (found === undefined) return [];
      return [{ section, hash: found.hash, ...(found.count === undefined ? {} : { count: found.count }) }];
    });
