import type { Table, Write } from '../../functions/store/table.ts';
import type { Wrap } from './import-rig.ts';

/** The worker dies here. */
export class Crash extends Error {}

export type Faults = { wrap: Wrap; steps: () => number; crashAt: (step: number, when: 'before' | 'after') => void };

/**
 * Counts every step that leaves something behind (a write, a transaction, a stored object, a sent message) and makes the worker die
 * at one of them, once: before it is done, or after, when it is done and nobody has heard of it. Writes of one batch come one by one,
 * so that it can die in the middle.
 */
export const faults = (): Faults => {
  let steps = 0;
  let crash: { step: number; when: 'before' | 'after' } | undefined;
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    steps += 1;
    const mine = crash?.step === steps ? crash : undefined;
    if (mine?.when === 'before') throw new Crash();
    const result = await act();
    if (mine?.when === 'after') throw new Crash();
    return result;
  };
  const table = (inner: Table): Table => ({
    ...inner,
    transact: (writes) => step(() => inner.transact(writes)),
    writeEach: async (writes: readonly Write[]) => {
      const results = [];
      for (const write of writes) results.push(...(await step(() => inner.writeEach([write]))));
      return results;
    },
  });
  return {
    wrap: {
      table,
      store: (inner) => ({ get: inner.get, put: (...args) => step(() => inner.put(...args)) }),
      queue: () => step(async () => {}),
    },
    steps: () => steps,
    crashAt: (at, when) => {
      steps = 0;
      crash = { step: at, when };
    },
  };
};
