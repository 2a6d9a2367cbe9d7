import * as z from 'zod';
import { Change } from '../../domain/shared/change.ts';
import type { Entity, Stored } from '../store/entity.ts';
import { fromHistory, historyQuery } from '../store/history.ts';
import { type Position, readPage } from '../store/read-page.ts';
import { asOfParameters, momentOf } from './as-of.ts';
import { pageOf, pageParameters } from './page.ts';
import type { ApiContext, RequestScope } from './serve.ts';

/** A page of past versions, latest first: what made each, and the entity as it was then. The relay writes them moments after. */
export const historyPageOf = <View extends z.ZodType>(id: string, view: View) =>
  pageOf(`${id}Page`, z.strictObject({ version: z.int(), change: Change, state: view }).meta({ id }));

/** The query of a history; `asOf` leaves out what came later. */
export const HistoryQuery = z.strictObject({ ...pageParameters, ...asOfParameters });
export type HistoryQuery = z.output<typeof HistoryQuery>;

/** Reads a page of an entity's history; the entity itself must exist, merged into another one or not. */
export const readHistory = async <T, Id, View>(
  { table, work, cursor, principal, now }: RequestScope & ApiContext,
  entity: Entity<T, Id>,
  id: Id,
  query: HistoryQuery,
  show: (stored: Stored<T>) => View,
) => {
  await work.loadEver(entity, id);
  const { found, next } = await readPage(
    table,
    {
      ...historyQuery(entity.keyOf(principal.tenant, id), momentOf(query, now)),
      limit: query.limit,
      after: query.cursor === undefined ? undefined : (cursor.open(query.cursor) as Position),
    },
    async (items) => items.map((item) => fromHistory(entity, item)),
  );
  const items = found.map((stored) => ({ version: stored.version, change: changeIn(stored), state: show(stored) }));
  return next === undefined ? { items } : { items, nextCursor: cursor.seal(next) };
};

const changeIn = <T>({ change }: Stored<T>): Change => {
  if (change === undefined) throw new Error('a history item without its change');
  return change;
};
