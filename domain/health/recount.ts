import * as z from 'zod';
import type { Change } from '../shared/change.ts';
import { Timestamp } from '../shared/time.ts';

/**
 * A walk over all records of a tenant that judges each anew. Its `generation` goes into what it judges, and counters count by generation: so
 *what it leaves behind was counted from nothing. `rulesVersion`: the rules it was begun for. `rebuildsPages`: the pages of edges that
 * walks read are made anew on the way.
 */
export const Recount = z
  .strictObject({
    generation: z.int().positive(),
    state: z.enum(['running', 'completed']),
    list: z.enum(['cis', 'assets']),
    after: z.string().optional(),
    judged: z.int().nonnegative(),
    rulesVersion: z.int().nonnegative(),
    rebuildsPages: z.boolean(),
    by: z.string(),
    correlationId: z.string(),
    startedAt: Timestamp,
    completedAt: Timestamp.optional(),
  })
  .meta({ id: 'HealthRecountState' });
export type Recount = z.infer<typeof Recount>;

/** The recount after `previous`, from the beginning. */
export const nextRecount = (
  previous: Pick<Recount, 'generation'> | undefined,
  rulesVersion: number,
  { by, correlationId, at }: Pick<Change, 'by' | 'correlationId' | 'at'>,
  rebuildsPages = false,
): Recount => ({
  generation: (previous?.generation ?? 0) + 1,
  state: 'running',
  list: 'cis',
  judged: 0,
  rulesVersion,
  rebuildsPages,
  by,
  correlationId,
  startedAt: at,
});

/**
 * Whose counters are summed up: while records go over to a new generation all together, afterwards that one alone, which began at nothing.
 */
export const isCounted = (recount: Pick<Recount, 'generation' | 'state'> | undefined, generation: number): boolean =>
  recount === undefined || recount.state === 'running' || recount.generation === generation;
