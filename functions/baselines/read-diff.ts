import { checkWhole } from '../../domain/baseline/write-baseline.ts';
import type { BaselinesScope } from './context.ts';
import { baselineEntity } from './entity.ts';
import { momentFor } from './moment.ts';
import type { DiffQuery } from './operations.ts';
import { DiffPlace, pageDiff } from './page-diff.ts';
import { frozenSide, momentSide } from './sides.ts';

/** One page of what has changed since a baseline. All pages against `now` are as of the moment of the first. */
export const readDiff = async (
  baselineId: string,
  { against, limit, cursor: given }: DiffQuery,
  scope: BaselinesScope,
) => {
  const { work, data, principal, cursor, now } = scope;
  const { value } = await work.read(baselineEntity, baselineId);
  checkWhole(value);
  const start: DiffPlace =
    given === undefined ? { pass: 'before', skip: 0, at: now } : DiffPlace.parse(cursor.open(given));
  const other = against === 'now' ? undefined : (await work.read(baselineEntity, against)).value;
  if (other !== undefined) checkWhole(other);
  const after =
    other === undefined
      ? momentSide(await momentFor(scope, start.at, value.scope), value.scope)
      : frozenSide(other, principal.tenant, data);
  const { items, place } = await pageDiff(frozenSide(value, principal.tenant, data), after, start, limit);
  return place === undefined ? { items } : { items, nextCursor: cursor.seal(place) };
};
