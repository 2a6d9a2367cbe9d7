import type { Table, Write, WriteResult } from '../../functions/store/table.ts';
import type { Wrap } from './import-rig.ts';

/** Waits a random number of turns of the event loop before and after every call, so that workers meet in every order. */
export const slowly = (random: () => number): Wrap => {
  const wait = async () => {
    for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await new Promise((next) => setImmediate(next));
  };
  const around = async <T>(act: () => Promise<T>): Promise<T> => {
    await wait();
    const result = await act();
    await wait();
    return result;
  };
  return {
    table: (inner: Table): Table => ({
      ...inner,
      get: (...args) => around(() => inner.get(...args)),
      getMany: (...args) => around(() => inner.getMany(...args)),
      transact: (...args) => around(() => inner.transact(...args)),
      writeEach: async (writes: readonly Write[]): Promise<WriteResult[]> => {
        const one = async (write: Write) => (await around(() => inner.writeEach([write])))[0] as WriteResult;
        return Promise.all(writes.map(one));
      },
    }),
    store: (inner) => inner,
    queue: wait,
  };
};
