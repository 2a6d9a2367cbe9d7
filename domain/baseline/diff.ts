import * as z from 'zod';
import { FacetValue } from '../reconcile/facet.ts';
import { sameContent } from '../shared/canonical.ts';
import { optionalText, text } from '../shared/scalars.ts';
import { FrozenBinding, FrozenCi, FrozenEdge } from './frozen-ci.ts';

/** `class` and `status` are the CI's own: no source is named beside them. */
const SaidThen = z.strictObject({ value: FacetValue, source: optionalText });
const FieldDiff = z
  .strictObject({ field: text, before: SaidThen.optional(), after: SaidThen.optional() })
  .meta({ id: 'BaselineFieldDiff' });
const EdgeDiff = z
  .strictObject({
    relationshipId: text,
    change: z.enum(['added', 'removed', 'changed']),
    before: FrozenEdge.optional(),
    after: FrozenEdge.optional(),
  })
  .meta({ id: 'BaselineEdgeDiff' });
type EdgeDiff = z.infer<typeof EdgeDiff>;
const BindingDiff = z.strictObject({ before: FrozenBinding.optional(), after: FrozenBinding.optional() });

/** How one CI differs: it is there on one side only, or in these fields, edges and binding. */
export const CiDiff = z
  .discriminatedUnion('change', [
    z.strictObject({ change: z.literal('added'), ciId: text, after: FrozenCi }),
    z.strictObject({ change: z.literal('removed'), ciId: text, before: FrozenCi }),
    z.strictObject({
      change: z.literal('changed'),
      ciId: text,
      class: FrozenCi.shape.class,
      fields: z.array(FieldDiff),
      edges: z.array(EdgeDiff),
      binding: BindingDiff.optional(),
    }),
  ])
  .meta({ id: 'BaselineDiff' });
export type CiDiff = z.infer<typeof CiDiff>;

/**
 * What makes `after` of `before`; undefined when they show the same. Compared is what is shown: that another source says the same value,
 * or asserts the same edge, is no difference.
 */
export const compareFrozen = (before: FrozenCi | undefined, after: FrozenCi | undefined): CiDiff | undefined => {
  if (before === undefined) return after === undefined ? undefined : { change: 'added', ciId: after.ciId, after };
  if (after === undefined) return { change: 'removed', ciId: before.ciId, before };
  const fields = fieldDiffs(before, after);
  const edges = edgeDiffs(before.edges, after.edges);
  const sameBinding = sameContent(before.binding, after.binding);
  if (fields.length === 0 && edges.length === 0 && sameBinding) return undefined;
  return {
    change: 'changed',
    ciId: after.ciId,
    class: after.class,
    fields,
    edges,
    ...(sameBinding ? {} : { binding: { ...optional('before', before.binding), ...optional('after', after.binding) } }),
  };
};

type Said = z.infer<typeof SaidThen>;

const saidBy = ({ class: ciClass, status, fields }: FrozenCi): Map<string, Said> =>
  new Map<string, Said>([['class', { value: ciClass }], ['status', { value: status }], ...Object.entries(fields)]);

const fieldDiffs = (before: FrozenCi, after: FrozenCi): z.infer<typeof FieldDiff>[] => {
  const [was, is] = [saidBy(before), saidBy(after)];
  return namesOf(was, is).flatMap((field) => {
    const [a, b] = [was.get(field), is.get(field)];
    if (sameContent(a?.value, b?.value)) return [];
    return [{ field, ...optional('before', a), ...optional('after', b) }];
  });
};

const edgeDiffs = (before: readonly FrozenEdge[], after: readonly FrozenEdge[]): EdgeDiff[] => {
  const byId = (edges: readonly FrozenEdge[]) => new Map(edges.map((edge) => [edge.relationshipId, edge]));
  const [was, is] = [byId(before), byId(after)];
  return namesOf(was, is).flatMap((relationshipId): EdgeDiff[] => {
    const [a, b] = [was.get(relationshipId), is.get(relationshipId)];
    if (a === undefined) return [{ relationshipId, change: 'added', ...optional('after', b) }];
    if (b === undefined) return [{ relationshipId, change: 'removed', before: a }];
    return sameContent(a.attributes, b.attributes) ? [] : [{ relationshipId, change: 'changed', before: a, after: b }];
  });
};

const namesOf = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].sort();

const optional = <Name extends string, T>(name: Name, value: T | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [N in Name]?: T };
