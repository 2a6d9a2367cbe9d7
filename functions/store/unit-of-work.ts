import { sameContent } from '../../domain/shared/canonical.ts';
import type { Change } from '../../domain/shared/change.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { laterOf } from '../../domain/shared/time.ts';
import type { Entity, Stored } from './entity.ts';
import { type Table, type Write, WriteConflict } from './table.ts';

/** Who changes something, when, and in which request or run. */
export type Author = { tenant: string; by: string; now: string; correlationId: string; reason?: string };

/** `at` is given when several entities must change at the very same moment; otherwise it is the author's. */
export type Intent = { type: string; reason?: string | undefined; at?: string };

/** A write lost a race against another writer; the whole act may be tried again on fresh state. */
export class Raced extends Error {}

export type UnitOfWork = ReturnType<typeof startWork>;

/**
 * Collects everything one act changes and writes it in one transaction: the entities with what changed them, the claims, and the
 * caller's own items (the idempotency record). Nothing is written before `commit`; the relay publishes from the table's stream.
 */
export const startWork = (table: Table, author: Author) => {
  const staged: { write: Write; onConflict: () => Error }[] = [];
  let abandoned = false;

  const find = async <T, Id>(entity: Entity<T, Id>, id: Id, consistent = true): Promise<Stored<T> | undefined> => {
    const item = await table.get(entity.keyOf(author.tenant, id), { consistent });
    return item === undefined ? undefined : entity.fromItem(item);
  };

  /** Whatever stands there, also when it was merged into another one: for its past. Throws `not-found`. */
  const loadEver = async <T, Id>(entity: Entity<T, Id>, id: Id): Promise<Stored<T>> =>
    existing(entity, id, await find(entity, id));

  /** What a command decides on: strongly consistent. Throws `not-found`, and `conflict` for what was merged into another one. */
  const load = async <T, Id>(entity: Entity<T, Id>, id: Id): Promise<Stored<T>> => {
    const stored = await loadEver(entity, id);
    const to = entity.movedTo?.(stored.value);
    if (to === undefined) return stored;
    throw new Problem('conflict', `${String(id)} was merged into ${to}.`, { fix: `Say ${to} instead.` });
  };

  /** What is only shown: half the price of `load`, and possibly a moment old. Throws `not-found` and `moved`. */
  const read = async <T, Id>(entity: Entity<T, Id>, id: Id): Promise<Stored<T>> => {
    const stored = existing(entity, id, await find(entity, id, false));
    checkMoved(entity, id, stored.value);
    return stored;
  };

  const stage = (write: Write, onConflict: () => Error = () => new Raced()) => {
    staged.push({ write, onConflict });
  };

  /** Stages a new entity. `onConflict` is thrown when something already stands under its key. */
  const create = <T, Id>(entity: Entity<T, Id>, value: T, intent: Intent, onConflict?: () => Error): Stored<T> => {
    const change = changeOf(author, intent);
    stage({ put: entity.toItem(author.tenant, value, 1, change), expect: 'absent' }, onConflict);
    return { value, version: 1, change };
  };

  /** Stages the next version of a stored entity; without a difference nothing is staged and the version stays. */
  const replace = <T, Id>(entity: Entity<T, Id>, stored: Stored<T>, next: T, intent: Intent): Stored<T> => {
    if (sameContent(stored.value, next)) return stored;
    const change = changeOf(author, intent, stored.change);
    const version = stored.version + 1;
    stage({ put: entity.toItem(author.tenant, next, version, change), expect: stored.version });
    return { value: next, version, change };
  };

  /** Load, decide (pure), stage: the form of every command. `expected` is the version of If-Match. */
  const update = async <T, Id>(
    entity: Entity<T, Id>,
    id: Id,
    decide: (value: T) => T,
    intent: Intent & { expected?: number | undefined },
  ): Promise<Stored<T>> => {
    const stored = await load(entity, id);
    checkVersion(stored, intent.expected);
    return replace(entity, stored, decide(stored.value), intent);
  };

  /** Nothing of this work is written, the caller's own items included: it was asked what would happen. */
  const abandon = (): void => {
    abandoned = true;
  };

  const commit = async (): Promise<void> => {
    if (abandoned) return;
    try {
      await table.transact(staged.map(({ write }) => write));
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
      const [first] = error.failed;
      throw (first === undefined ? undefined : staged[first.index]?.onConflict()) ?? new Raced();
    }
  };

  return { author, table, find, load, loadEver, read, stage, create, replace, update, abandon, commit };
};

const existing = <T, Id>(entity: Entity<T, Id>, id: Id, stored: Stored<T> | undefined): Stored<T> => {
  if (stored === undefined) throw new Problem('not-found', `There is no ${entity.name} ${String(id)}.`);
  return stored;
};

/** Leads the reader of what was merged to what it was merged into. Throws `moved`. */
export const checkMoved = <T, Id>(entity: Entity<T, Id>, id: Id, value: T): void => {
  const to = entity.movedTo?.(value);
  if (to !== undefined) throw movedTo(String(id), to);
};

export const movedTo = (id: string, to: string): Problem =>
  new Problem('moved', `${id} was merged into ${to}.`, {
    fix: `Read ${to}; asOf shows what ${id} was before.`,
    moved: { from: id, to },
  });

/** Refuses a stored version other than the one that the caller read and sent as If-Match. */
export const checkVersion = (stored: { version: number }, expected: number | undefined): void => {
  if (expected === undefined || expected === stored.version) return;
  throw new Problem('version-conflict', `You sent version ${expected}; it is now version ${stored.version}.`, {
    fix: 'Read it again, look at what changed, and send the new ETag as If-Match.',
  });
};

/** A moment that is not before the last change of any of these: what happens to all of them at once happens then. */
export const latestOf = (now: string, ...stored: readonly ({ change?: Change } | undefined)[]): string =>
  stored.map((one) => one?.change?.at ?? now).reduce(laterOf, now);

/** The change record of a new version. Its time never runs backwards, whatever the writers' clocks say. */
export const changeOf = (author: Author, intent: Intent, previous?: Change): Change => ({
  type: intent.type,
  by: author.by,
  at: laterOf(intent.at ?? author.now, previous?.at ?? author.now),
  correlationId: author.correlationId,
  ...((intent.reason ?? author.reason) === undefined ? {} : { reason: intent.reason ?? author.reason }),
});
