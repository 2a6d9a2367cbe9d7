import type { Item, Key, Table, Write } from '../../functions/store/table.ts';

/** A table of any kind that remembers what was written to it, so that all of it can be read back without a scan. */
export const trackedTable = (inner: Table): Table & { items: () => Promise<Item[]> } => {
  const keys = new Map<string, Key>();
  const track = (writes: readonly Write[]) => {
    for (const write of writes) {
      const { pk, sk } = 'put' in write ? write.put : write.remove;
      keys.set(`${pk}\n${sk}`, { pk, sk });
    }
  };
  return {
    ...inner,
    transact: (writes) => {
      track(writes);
      return inner.transact(writes);
    },
    writeEach: (writes) => {
      track(writes);
      return inner.writeEach(writes);
    },
    items: async () => {
      const items = await inner.getMany([...keys.values()], { consistent: true });
      return items.sort((a, b) => (`${a.pk}\n${a.sk}` < `${b.pk}\n${b.sk}` ? -1 : 1));
    },
  };
};
