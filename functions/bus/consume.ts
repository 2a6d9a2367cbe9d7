import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';

/**
 * The Lambda handler of one consumer of EventBridge: the envelope is parsed (that of a `defineEvent` contract, or of another
 * publisher's event), so that `act` only sees what was agreed. Whatever is thrown, a breach of the contract too, is delivered again
 * and at last goes to the queue of the dead. Delivery is at least once and in no order: `act` must stand that. `lambda` tells how much
 * time is left.
 */
export const consume = <Envelope extends z.ZodType>(
  envelope: Envelope,
  act: (event: z.output<Envelope>, lambda: Context) => Promise<void>,
) => middy(async (event: unknown, lambda: Context): Promise<void> => act(envelope.parse(event), lambda));
