import * as z from 'zod';
import type { FrozenCi } from '../../domain/baseline/frozen-ci.ts';
import { checkWhole } from '../../domain/baseline/write-baseline.ts';
import type { PageQuery } from '../http/page.ts';
import type { BaselinesScope } from './context.ts';
import { baselineEntity } from './entity.ts';
import { frozenSide } from './sides.ts';

const Place = z.strictObject({ after: z.string().optional(), skip: z.int() });

/** A page ends early when it gets large: a hub has thousands of edges. */
const mostCharacters = 3_000_000;

/** One page of what a baseline keeps, in the order it was frozen. */
export const listItems = async (
  baselineId: string,
  { limit, cursor: given }: PageQuery,
  { work, data, principal, cursor }: BaselinesScope,
) => {
  const { value } = await work.read(baselineEntity, baselineId);
  checkWhole(value);
  const side = frozenSide(value, principal.tenant, data);
  const items: FrozenCi[] = [];
  let place = given === undefined ? { after: undefined, skip: 0 } : Place.parse(cursor.open(given));
  let room = mostCharacters;
  for (;;) {
    const { ids, next } = await side.ids(place.after);
    const cis = await side.get(ids.slice(place.skip));
    for (const [n, ciId] of ids.entries()) {
      const ci = cis.get(ciId);
      if (n < place.skip || ci === undefined) continue;
      if (items.length === limit || room <= 0) return { items, nextCursor: cursor.seal({ ...place, skip: n }) };
      items.push(ci);
      room -= JSON.stringify(ci).length;
    }
    if (next === undefined) return { items };
    place = { after: next, skip: 0 };
  }
};
