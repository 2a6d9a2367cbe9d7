import * as z from 'zod';
import { Problem } from '../../domain/shared/problem.ts';
import { isoMoment } from '../../domain/shared/time.ts';
import { beginningOf, versionAt } from '../store/as-of.ts';
import type { Entity, Stored } from '../store/entity.ts';
import { checkMoved } from '../store/unit-of-work.ts';
import type { RequestScope } from './serve.ts';

/** A past moment: any ISO 8601 timestamp with its offset or `Z`. */
const AsOf = isoMoment({ offset: true }).optional();

/** The parameter of every read that can be asked for a past moment. */
export const asOfParameters = { asOf: AsOf };
export const AsOfQuery = z.strictObject(asOfParameters);

/** Clocks of callers may run ahead by this much. */
const graceMs = 5000;

/**
 * The moment that is asked about, as the table writes it (UTC, milliseconds); undefined for the present.
 * Throws `invalid-request` for a moment that has not come, with a pointer into the part of the request that has it.
 */
export const momentOf = (
  { asOf }: { asOf?: string | undefined },
  now: string,
  part: 'query' | 'body' = 'query',
): string | undefined => {
  if (asOf === undefined) return undefined;
  const ahead = Date.parse(asOf) - Date.parse(now);
  if (ahead > graceMs) {
    throw new Problem('invalid-request', 'asOf is in the future.', {
      errors: [{ pointer: `#/${part}/asOf`, detail: `It is ${now} now; what will be is not known.` }],
      fix: 'Leave asOf out to read the present.',
    });
  }
  return ahead > 0 ? now : new Date(asOf).toISOString();
};

/** An entity as it stood at the moment asked about, or as it stands. Throws `not-found`, with the moment since when it exists, and `moved`. */
export const loadAsOf = async <T, Id>(
  { work, now }: Pick<RequestScope, 'work' | 'now'>,
  entity: Entity<T, Id>,
  id: Id,
  query: { asOf?: string | undefined },
): Promise<Stored<T>> => {
  const asOf = momentOf(query, now);
  if (asOf === undefined) return work.read(entity, id);
  const live = await work.loadEver(entity, id);
  const { table, author } = work;
  const then = await versionAt(table, author.tenant, entity, live, asOf);
  if (then !== undefined) {
    checkMoved(entity, id, then.value);
    return then;
  }
  const since = await beginningOf(table, author.tenant, entity, live);
  if (since === undefined || since <= asOf) {
    throw new Problem('conflict', 'The history of that moment is not written yet.', { fix: 'Try again in a moment.' });
  }
  throw new Problem('not-found', `There was no ${entity.name} ${String(id)} at ${asOf}.`, {
    fix: `It exists since ${since}.`,
  });
};
