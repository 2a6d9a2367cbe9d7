import * as z from 'zod';
import { Ci } from '../ci/ci.ts';
import { ciCandidates } from '../ci/ci-view.ts';
import { ClassName, className, classPrefix } from '../ci/class-name.ts';
import { decideAll, type Viewing } from '../reconcile/decide-value.ts';
import { FacetValue } from '../reconcile/facet.ts';
import { Relationship } from '../relationship/relationship.ts';
import { text } from '../shared/scalars.ts';
import type { BaselineScope, QueryScope } from './baseline.ts';

/** What a field showed, and the source that said so. */
export const FrozenField = z.strictObject({ value: FacetValue, source: text }).meta({ id: 'FrozenField' });
export type FrozenField = z.infer<typeof FrozenField>;

export const FrozenEdge = Relationship.pick({
  relationshipId: true,
  type: true,
  from: true,
  to: true,
  sources: true,
  attributes: true,
}).meta({ id: 'FrozenEdge' });
export type FrozenEdge = z.infer<typeof FrozenEdge>;

export const FrozenBinding = Ci.shape.binding.unwrap().meta({ id: 'FrozenBinding' });
export type FrozenBinding = z.infer<typeof FrozenBinding>;

/** One CI of a baseline: what it showed, the edges open on either side of it, and the asset that realised it. */
export const FrozenCi = z
  .strictObject({
    ciId: Ci.shape.ciId,
    class: ClassName,
    status: Ci.shape.status,
    fields: z.record(text, FrozenField),
    edges: z.array(FrozenEdge),
    binding: FrozenBinding.optional(),
  })
  .meta({ id: 'FrozenCi' });
export type FrozenCi = z.infer<typeof FrozenCi>;

type Shown = Pick<Ci, 'class' | 'facets'>;

/** The fields of a CI as shown by these rules, each with the source that says so, in order of their names. */
export const frozenFields = (ci: Shown, { rules, now }: Viewing): Record<string, FrozenField> =>
  Object.fromEntries(
    [...decideAll(ciCandidates(ci), rules.rulesFor(ci.class), now)]
      .map(([name, { value, source }]) => [name, { value, source }] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

export const freezeCi = (ci: Ci, edges: readonly Relationship[], viewing: Viewing): FrozenCi => ({
  ciId: ci.ciId,
  class: className(ci),
  status: ci.status,
  fields: frozenFields(ci, viewing),
  edges: edges.map(freezeEdge).sort((a, b) => (a.relationshipId < b.relationshipId ? -1 : 1)),
  ...(ci.binding === undefined ? {} : { binding: ci.binding }),
});

const freezeEdge = ({ relationshipId, type, from, to, sources, attributes }: Relationship): FrozenEdge => ({
  relationshipId,
  type,
  from,
  to,
  sources,
  ...(attributes === undefined ? {} : { attributes }),
});

export const isServiceScope = (scope: BaselineScope): scope is Extract<BaselineScope, { service: string }> =>
  'service' in scope;

/** Does a CI belong to a query? `below`: where the classes that are asked for begin. Of a service's scope the walk decides. */
export const isInQuery = (ci: Ci, scope: QueryScope, viewing: Viewing, below: string): boolean => {
  const { class: _class, status, ...facts } = scope;
  if (ci.mergedInto !== undefined || !classPrefix(ci).startsWith(below)) return false;
  if (status === undefined ? ci.status === 'retired' : ci.status !== status) return false;
  const wanted = Object.entries(facts).filter(([, value]) => value !== undefined);
  if (wanted.length === 0) return true;
  const fields = frozenFields(ci, viewing);
  return wanted.every(([name, value]) => String(fields[name]?.value).toLowerCase() === String(value).toLowerCase());
};
