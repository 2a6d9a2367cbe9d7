import * as z from 'zod';
import {
  isSymmetric,
  type RelationshipType,
  relationshipTypes,
  typeOf,
} from '../../domain/relationship/relationship-types.ts';
import type { RelationshipView } from '../../domain/relationship/write-relationship.ts';
import { momentOf } from '../http/as-of.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { leadingMerges } from '../merges/running.ts';
import { inwardPrefix, outwardPrefix, relationshipEntity } from '../relationships/entity.ts';
import { isOpenAt, wholeOf } from '../relationships/relationships-at.ts';
import { versionsAt } from '../store/as-of.ts';
import { ofTenant } from '../store/entity.ts';
import { type Position, readPage } from '../store/read-page.ts';
import type { Item } from '../store/table.ts';
import type { RelationshipQuery } from './operations.ts';

type Scope = Pick<RequestScope & ApiContext, 'table' | 'principal' | 'cursor' | 'now'>;

/** The edges on one side of a CI, of one type or of all. */
type Segment = { ciId: string; side: 'out' | 'in'; type: RelationshipType | undefined };

const Place = z.object({
  segment: z.int().nonnegative(),
  after: z.intersection(z.object({ pk: z.string(), sk: z.string() }), z.record(z.string(), z.string())).optional(),
});
type Place = z.infer<typeof Place>;

/**
 * One page of the open edges of a CI, now or at a past moment. While a large merge is on its way, edges that still name the absorbed CI are
 * shown at the survivor.
 */
export const listRelationships = async (ciId: string, query: RelationshipQuery, scope: Scope) => {
  const asOf = momentOf(query, scope.now);
  const leading = asOf === undefined ? await leadingMerges(scope.table, scope.principal.tenant) : noMerges;
  const absorbed = [...leading].filter(([, survivor]) => survivor === ciId).map(([id]) => id);
  const segments = [ciId, ...absorbed].flatMap((id) => segmentsOf(query).map((one) => ({ ciId: id, ...one })));
  const items: RelationshipView[] = [];
  let place: Place = query.cursor === undefined ? { segment: 0 } : Place.parse(scope.cursor.open(query.cursor));
  for (;;) {
    const segment = segments[place.segment];
    if (segment === undefined) return { items };
    if (items.length === query.limit) break;
    const limit = query.limit - items.length;
    const { found, next } = await readSegment(segment, { after: place.after, limit, asOf }, scope);
    items.push(...found.map((edge) => atSurvivors(edge, leading)).filter(({ from, to }) => from !== to));
    place = next === undefined ? { segment: place.segment + 1 } : { segment: place.segment, after: next };
    if (next !== undefined) break;
  }
  return { items, nextCursor: scope.cursor.seal(place) };
};

const noMerges: ReadonlyMap<string, string> = new Map();

const atSurvivors = (edge: RelationshipView, leading: ReadonlyMap<string, string>): RelationshipView => ({
  ...edge,
  from: leading.get(edge.from) ?? edge.from,
  to: leading.get(edge.to) ?? edge.to,
});

/** An edge whose ends are alike leads both in and out, though it is stored on one side only. */
const segmentsOf = (query: RelationshipQuery): Omit<Segment, 'ciId'>[] => {
  const { type, turned } = query.type === undefined ? { type: undefined, turned: false } : typeOf(query.type);
  // By its name from the other end a type is asked for from there: what is `used by` others has the edges that lead in.
  const direction = turned ? (query.direction === 'in' ? 'out' : 'in') : query.direction;
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
  { ciId, side, type }: Segment,
  { after, limit, asOf }: { after: Position | undefined; limit: number; asOf: string | undefined },
  { table, principal }: Scope,
) => {
  const pk = ofTenant(principal.tenant, ciId);
  const show = async (items: (Item | undefined)[]): Promise<(RelationshipView | undefined)[]> => {
    const live = items.map((item) => (item === undefined ? undefined : relationshipEntity.fromItem(item)));
    const then = await versionsAt(table, principal.tenant, relationshipEntity, live, asOf);
    return then.map((stored) => {
      if (stored === undefined || !isOpenAt(stored.value, asOf)) return undefined;
      return type === undefined || stored.value.type === type
        ? { ...stored.value, version: stored.version }
        : undefined;
    });
  };
  if (side === 'out') return readPage(table, { pk, prefix: outwardPrefix, limit, after }, show);
  const prefix = type === undefined ? inwardPrefix : `${inwardPrefix}${type}#`;
  return readPage(table, { index: 'inverse', pk, prefix, limit, after }, async (keys) =>
    show(await wholeOf(table, keys)),
  );
};
