import * as z from 'zod';
import { ServiceAtRisk } from '../../domain/binding/swap-effect.ts';
import { CiStatus } from '../../domain/ci/ci.ts';
import { ClassName, className } from '../../domain/ci/class-name.ts';
import { RelationshipType } from '../../domain/relationship/relationship-types.ts';
import { isDependent, otherEnd } from '../../domain/relationship/retirement.ts';
import { AssetId, BindingId, CiId, RelationshipId } from '../../domain/shared/id.ts';
import { type PageQuery, pageOf } from '../http/page.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { viewingOf } from '../reconciliation/read-viewing.ts';
import { type AffectedEdge, affectedBy, nameOf, placeOf } from '../relationships/retire-end.ts';
import { servicesAtRisk } from '../swaps/services-at-risk.ts';
import { ciEntity } from './entity.ts';

const Dependent = z
  .strictObject({
    ciId: CiId,
    name: z.string(),
    class: ClassName,
    status: CiStatus,
    relationshipId: RelationshipId,
    type: RelationshipType,
    direction: z.enum(['in', 'out']),
    /** It suffers when this CI fails. */
    depends: z.boolean(),
    onRetire: z.enum(['refuse', 'close', 'keep']),
  })
  .meta({ id: 'Dependent' });

/**
 * What would come of retiring a CI: its relationships, those that forbid it first. `counts` and `services` are of all, not of the page;
 * `truncated`: more was there than was looked at. A binding stays: who had realised the CI is part of what is kept of it.
 */
export const Dependents = pageOf('DependentPage', Dependent)
  .extend({
    mayRetire: z.boolean(),
    counts: z.strictObject({ refuse: z.int(), close: z.int(), keep: z.int(), dependents: z.int() }),
    services: z.array(ServiceAtRisk),
    bound: z.strictObject({ assetId: AssetId, bindingId: BindingId, onRetire: z.literal('keep') }).optional(),
    truncated: z.boolean(),
  })
  .meta({ id: 'Dependents' });

/** Who hangs on a CI, and what retiring it would do; nothing is written. */
export const listDependents = async (
  ciId: string,
  query: PageQuery,
  scope: RequestScope & ApiContext,
): Promise<z.input<typeof Dependents>> => {
  const { table, principal, work, cursor } = scope;
  const { value: ci } = await work.read(ciEntity, ciId);
  const [{ edges, truncated }, risk] = await Promise.all([
    affectedBy(table, principal.tenant, ciId),
    viewingOf(scope).then((viewing) => servicesAtRisk(table, principal.tenant, [ciId], viewing)),
  ]);
  const after = query.cursor === undefined ? '' : z.string().parse(cursor.open(query.cursor));
  const rest = edges.filter((edge) => placeOf(edge) > after);
  const shown = rest.slice(0, query.limit);
  const last = shown.at(-1);
  const count = (effect: AffectedEdge['effect']) => edges.filter((edge) => edge.effect === effect).length;
  return {
    items: shown.flatMap((edge) => show(edge, ciId)),
    ...(rest.length > shown.length && last !== undefined ? { nextCursor: cursor.seal(placeOf(last)) } : {}),
    mayRetire: count('refuse') === 0,
    counts: {
      refuse: count('refuse'),
      close: count('close'),
      keep: count('keep'),
      dependents: edges.filter(({ stored }) => isDependent(stored.value, ciId)).length,
    },
    services: risk.services.filter((service) => service.ciId !== ciId),
    ...(ci.binding === undefined
      ? {}
      : { bound: { assetId: ci.binding.assetId, bindingId: ci.binding.bindingId, onRetire: 'keep' as const } }),
    truncated: truncated || risk.truncated,
  };
};

const show = ({ stored: { value }, other, effect }: AffectedEdge, ciId: string): z.input<typeof Dependent>[] =>
  other === undefined
    ? []
    : [
        {
          ciId: otherEnd(value, ciId),
          name: nameOf(other),
          class: className(other),
          status: other.status,
          relationshipId: value.relationshipId,
          type: value.type,
          direction: value.from === ciId ? 'out' : 'in',
          depends: isDependent(value, ciId),
          onRetire: effect,
        },
      ];
