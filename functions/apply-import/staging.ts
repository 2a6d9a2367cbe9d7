import type { Change } from '../../domain/shared/change.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { Expectation, Item, Write } from '../store/table.ts';

/** Everything one record (or several that touch the same item) writes. `atomic` groups are written in one transaction or not at all. */
export type Group = { records: Set<number>; writes: Map<string, StagedPut>; atomic: boolean };

type StagedPut = { put: Item; expect: Expectation };

export type Staging = ReturnType<typeof startStaging>;

/**
 * Collects the writes of a batch by record. A second write to the same item replaces the first and joins the two records into one
 * group: the item is written once, with the version that follows the stored one.
 */
export const startStaging = (tenant: string) => {
  const owners = new Map<string, Group>();
  const groups = new Set<Group>();

  const groupOf = (record: number): Group => {
    const found = [...groups].find((group) => group.records.has(record));
    if (found !== undefined) return found;
    const group: Group = { records: new Set([record]), writes: new Map(), atomic: false };
    groups.add(group);
    return group;
  };

  const join = (into: Group, other: Group): void => {
    for (const record of other.records) into.records.add(record);
    for (const [key, write] of other.writes) {
      into.writes.set(key, write);
      owners.set(key, into);
    }
    into.atomic ||= other.atomic;
    groups.delete(other);
  };

  /** Stages the next state of an entity and returns it as it will be stored. `atomic`: must not be seen without the rest. */
  const put = <T, Id>(
    record: number,
    entity: Entity<T, Id>,
    stored: Stored<T> | undefined,
    value: T,
    options: { change?: Change; atomic: boolean },
  ): Stored<T> => {
    const group = groupOf(record);
    const key = entity.keyOf(tenant, entity.id(value));
    const name = `${key.pk}\n${key.sk}`;
    const owner = owners.get(name);
    if (owner !== undefined && owner !== group) join(group, owner);
    const staged = group.writes.get(name);
    const version = staged?.put.v ?? (stored?.version ?? 0) + 1;
    group.writes.set(name, {
      put: entity.toItem(tenant, value, version, options.change),
      expect: staged?.expect ?? stored?.version ?? 'absent',
    });
    owners.set(name, group);
    group.atomic ||= options.atomic;
    return { value, version, ...(options.change === undefined ? {} : { change: options.change }) };
  };

  /** The record relies on an item that another record of the batch may be writing: then both are written together or decided again. */
  const rely = <T, Id>(record: number, entity: Entity<T, Id>, id: Id): void => {
    const key = entity.keyOf(tenant, id);
    const owner = owners.get(`${key.pk}\n${key.sk}`);
    const group = groupOf(record);
    if (owner !== undefined && owner !== group) join(group, owner);
  };

  return { put, rely, groups: (): Group[] => [...groups] };
};

export const writesOf = (group: Group): Write[] => [...group.writes.values()];
