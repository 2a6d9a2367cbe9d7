import type { Change } from '../../domain/shared/change.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { Expectation, Item, Write } from '../store/table.ts';

/** Everything one record (or several that touch the same item) writes. `atomic` groups are written in one transaction or not at all. */
export type Group = { records: Set<number>; writes: Map<string, StagedPut>; atomic: boolean };

/** `replaces` is what stands in the table, not what an earlier record of the batch would have written. */
type StagedPut = { put: Item; expect: Expectation; replaces: unknown };

type Options<T> = {
  /** What the write is called, from the stored state to the final one of the batch. */
  change?: (before: T | undefined) => Change;
  /** Must not be seen without the rest of its group. */
  atomic: boolean;
};

export type Staging = ReturnType<typeof startStaging>;

/**
 * Collects the writes of a batch by record. A second write to the same item replaces the first and joins the two records into one
 * group: the item is written once, with the version that follows the stored one.
 */
export const startStaging = (tenant: string) => {
  const owners = new Map<string, Group>();
  const groups = new Map<number, Group>();

  const groupOf = (record: number): Group => {
    const found = groups.get(record);
    if (found !== undefined) return found;
    const group: Group = { records: new Set([record]), writes: new Map(), atomic: false };
    groups.set(record, group);
    return group;
  };

  const join = (into: Group, other: Group): void => {
    for (const record of other.records) {
      into.records.add(record);
      groups.set(record, into);
    }
    for (const [key, write] of other.writes) {
      into.writes.set(key, write);
      owners.set(key, into);
    }
    into.atomic ||= other.atomic;
  };

  const joinOwner = (name: string, group: Group): void => {
    const owner = owners.get(name);
    if (owner !== undefined && owner !== group) join(group, owner);
  };

  /** Stages the next state of an entity and returns it as it will be stored. */
  const put = <T, Id>(
    record: number,
    entity: Entity<T, Id>,
    stored: Stored<T> | undefined,
    value: T,
    options: Options<T>,
  ): Stored<T> => {
    const group = groupOf(record);
    const key = entity.keyOf(tenant, entity.id(value));
    const name = `${key.pk}\n${key.sk}`;
    joinOwner(name, group);
    const staged = group.writes.get(name);
    const replaces = staged === undefined ? stored?.value : (staged.replaces as T | undefined);
    const version = staged?.put.v ?? (stored?.version ?? 0) + 1;
    const change = options.change?.(replaces);
    group.writes.set(name, {
      put: entity.toItem(tenant, value, version, change),
      expect: staged?.expect ?? stored?.version ?? 'absent',
      replaces,
    });
    owners.set(name, group);
    group.atomic ||= options.atomic;
    return { value, version, ...(change === undefined ? {} : { change }) };
  };

  /** The record relies on an item that another record of the batch may be writing: then both are written together or decided again. */
  const rely = <T, Id>(record: number, entity: Entity<T, Id>, id: Id): void => {
    const key = entity.keyOf(tenant, id);
    joinOwner(`${key.pk}\n${key.sk}`, groupOf(record));
  };

  return { put, rely, groups: (): Group[] => [...new Set(groups.values())] };
};

export const writesOf = (group: Group): Write[] =>
  [...group.writes.values()].map(({ put, expect }) => ({ put, expect }));
