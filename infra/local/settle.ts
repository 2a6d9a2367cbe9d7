import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from './consumers.ts';
import { isEmpty } from './queues.ts';

/**
 * Waits until no upload, message or stream record is pending or in work: all queues empty, then every pump drained, and the queues
 * still empty and untouched after that. Throws with what is still there after `limitMs`.
 */
export const settleWhen = async (
  { queues, pumps }: Running,
  startedInvocations: () => number,
  limitMs: number,
): Promise<void> => {
  const deadline = Date.now() + limitMs;
  const busy = () => queues.filter((queue) => !isEmpty(queue));
  for (;;) {
    const before = startedInvocations();
    if (busy().length === 0) {
      await Promise.race([
        Promise.all(pumps.map(({ drained }) => drained())),
        pause(deadline - Date.now(), undefined, { ref: false }),
      ]);
      if (busy().length === 0 && startedInvocations() === before) return;
    }
    if (Date.now() > deadline) {
      const names = busy().map(({ name }) => name);
      throw new Error(`Not settled after ${limitMs} ms: ${names.join(', ') || 'the stream'} is not empty yet.`);
    }
    await pause(10);
  }
};
