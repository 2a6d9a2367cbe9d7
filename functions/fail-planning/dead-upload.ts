import * as z from 'zod';
import { ObjectCreated } from '../plan-import/upload.ts';

/** What Lambda makes of an event whose function failed each time: the event lies in it. EventBridge leaves its events as they are. */
const GivenUp = z.object({ requestPayload: ObjectCreated }).transform(({ requestPayload }) => requestPayload);

/** The event that a dead letter is about, whichever of the two gave up. */
export const DeadUpload = z.union([ObjectCreated, GivenUp]);
