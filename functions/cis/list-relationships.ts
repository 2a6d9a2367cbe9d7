import * as z from 'zod';
import { isSymmetric, type RelationshipType, relationshipTypes } from '../../domain/relationship/relationship-types.ts';
import type { RelationshipView } from '../../domain/relationship/write-relationship.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { inwardPrefix, outwardPrefix, relationshipEntity } from '../relationships/entity.ts';
import { ofTenant } from '../store/entity.ts';
import { type Position, readPage } from '../store/read-page.ts';
import type { Item } from '../store/table.ts';
import type { RelationshipQuery } from './operations.ts';

type Scope = Pick<RequestScope & ApiContext, 'table' | 'principal' | 'cursor'>;

/** The edges on one side of a CI, of one type or of all. */
type Segment = { side: 'out' | 'in'; type: RelationshipType | undefined };

const Place = z.object({
  segment: z.int().nonnegative(),
  after: z.intersection(z.object({ pk: z.string(), sk: z.string() }), z.record(z.string(), z.string())).optional(),
});
type Place = z.infer<typeof Place>;

/** One page of the open edges of a CI; closed ones are in the history. */
export const listRelationships = async (ciId: string, query: RelationshipQuery, scope: Scope) => {
  const segments = segmentsOf(query);
  const items: RelationshipView[] = [];
  let place: Place = query.cursor === undefined ? { segment: 0 } : Place.parse(scope.cursor.open(query.cursor));
  for (;;) {
    const segment = segments[place.segment];
    if (segment === undefined) return { items };
    if (items.length === query.limit) break;
    const { found, next } = await readSegment(ciId, segment, place.after, query.limit - items.length, scope);
    items.push(...found);
    place = next === undefined ? { segment: place.segment + 1 } : { segment: place.segment, after: next };
    if (next !== undefined) break;
  }
  return { items, nextCursor: scope.cursor.seal(place) };
};

/** An edge whose ends are alike leads both in and out, though it is stored on one side only. */
const segmentsOf = ({ direction, type }: RelationshipQuery): Segment[] => {
  if (direction === undefined) return (['out', 'in'] as const).map((side) => ({ side, type }));
  const otherSide = direction === 'out' ? 'in' : 'out';
  const alike = Object.keys(relationshipTypes) as RelationshipType[];
  return [
    { side: direction, type },
    ...alike
      .filter((one) => isSymmetric(one) && (type === undefined || type === one))
      .map((one) => ({ side: otherSide, type: one }) as const),
  ];
};

const readSegment = (
  ciId: string,
  { side, type }: Segment,
  after: Position | undefined,
  limit: number,
  { table, principal }: Scope,
) => {
  const pk = ofTenant(principal.tenant, ciId);
  const show = (item: Item | undefined): RelationshipView | undefined => {
    if (item === undefined) return undefined;
    const { value, version } = relationshipEntity.fromItem(item);
    return value.validTo === undefined && (type === undefined || value.type === type)
      ? { ...value, version }
      : undefined;
  };
  if (side === 'out') {
    return readPage(table, { pk, prefix: outwardPrefix, limit, after }, async (items) => items.map(show));
  }
  const prefix = type === undefined ? inwardPrefix : `${inwardPrefix}${type}#`;
  return readPage(table, { index: 'inverse', pk, prefix, limit, after }, async (keys) => {
    const whole = new Map<string, Item>();
    for (const item of await table.getMany(keys)) whole.set(`${item.pk} ${item.sk}`, item);
    return keys.map(({ pk, sk }) => show(whole.get(`${pk} ${sk}`)));
  });
};
