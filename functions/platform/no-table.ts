import type { Table } from '../store/table.ts';

const refuse = (): never => {
  throw new Error('this function has no table');
};

/** The table of a function that has none: its operations are public reads, which need no stored state. */
export const noTable: Table = {
  get: refuse,
  getMany: refuse,
  query: refuse,
  transact: async (writes) => (writes.length === 0 ? undefined : refuse()),
  writeEach: refuse,
  meter: { roundTrips: 0, readUnits: 0, writeUnits: 0 },
};
