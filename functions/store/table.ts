import type { IndexName } from './contracts.ts';

export type Key = { pk: string; sk: string };

/** A stored item: key, entity name `e`, version `v`, and whatever the entity keeps. */
export type Item = Key & { e: string; v: number; [attribute: string]: unknown };

/** What must be true of the stored item for a write to happen: nothing there, this version there, or whatever. */
export type Expectation = 'absent' | 'any' | number;

export type Write = { put: Item; expect: Expectation } | { remove: Key; expect: Expectation };

/** `current` is what stands there instead, when the condition failed. */
export type WriteResult = { done: true } | { done: false; current: Item | undefined };

export type Query = {
  index?: IndexName;
  pk: string;
  /** Sort keys that begin with this text. */
  prefix?: string;
  /** Sort keys from `prefix` up to and including this text. */
  upTo?: string;
  /** Sort keys after this one, in reading direction. */
  after?: Key & Record<string, string>;
  limit: number;
  backwards?: boolean;
  /** Only these attributes; what is read is charged whole. Not of an index. */
  only?: readonly string[];
  /** Everything written before is seen; not for an index, at twice the price. */
  consistent?: boolean;
};

export type Page = { items: Item[]; last?: Key & Record<string, string> };

/** What was spent so far: exact counts, as DynamoDB reports them. */
export type Meter = { roundTrips: number; readUnits: number; writeUnits: number };

/** The only door to the table. Every `pk` handed in begins with a tenant. */
export type Table = {
  get: (key: Key, options?: { consistent?: boolean }) => Promise<Item | undefined>;
  /** Up to any number of distinct keys, in groups of 100; missing ones are left out; order is not kept. */
  getMany: (keys: readonly Key[], options?: { consistent?: boolean }) => Promise<Item[]>;
  query: (query: Query) => Promise<Page>;
  /**
   * All or nothing, at most 100 writes. Throws `WriteConflict`. `rereads`: after a conflict the caller reads what stands there and decides
   * again, so that nobody need remember for it which transactions were carried out though their answer was lost.
   */
  transact: (writes: readonly Write[], options?: { rereads?: true }) => Promise<void>;
  /** Each write for itself; a failed condition is an answer, not an error. */
  writeEach: (writes: readonly Write[]) => Promise<WriteResult[]>;
  meter: Meter;
};

/**
 * A transaction was cancelled: `failed` tells which writes met another state than expected, and what stands there; it is empty when
 * two transactions merely met on the same items.
 */
export class WriteConflict extends Error {
  readonly failed: { index: number; current: Item | undefined }[];
  constructor(failed: { index: number; current: Item | undefined }[]) {
    super(`write conflict on ${failed.length} item(s)`);
    this.name = 'WriteConflict';
    this.failed = failed;
  }
}
