import type { Groups } from '../graph/failure.ts';
import type { RelationshipType } from '../relationship/relationship-types.ts';
import type { Item, Need } from './collapse.ts';

export type MapLink = Need & { relationshipId: string; type: RelationshipType; group?: string | undefined };

/** One line of a map: between which items, how many relationships it stands for, and of which redundancy group. */
export type Wire = {
  from: string;
  to: string;
  type: RelationshipType;
  count: number;
  group?: string;
  relationshipId?: string;
};

/** A redundancy group that is drawn: `need` of its `members` must be left. */
export type MapGroup = { id: string; of: string; name: string; need: number; members: number };

/** The lines between items, those between the same items put together. Only an item that is one CI has groups. */
export const wiresBetween = (items: readonly Item[], links: readonly MapLink[]): Wire[] => {
  const itemOf = new Map(items.flatMap((item) => item.cis.map(({ ciId }) => [ciId, item] as const)));
  const wires = new Map<string, Wire>();
  for (const { dependant, carrier, type, group, relationshipId } of links) {
    const [from, to] = [itemOf.get(dependant), itemOf.get(carrier)];
    if (from === undefined || to === undefined || from === to) continue;
    const shown = from.kind === 'ci' ? group : undefined;
    const key = JSON.stringify([from.id, to.id, type, shown]);
    const same = wires.get(key);
    const { relationshipId: _one, ...rest } = same ?? { from: from.id, to: to.id, type, count: 0 };
    wires.set(key, {
      ...rest,
      count: rest.count + 1,
      ...(shown === undefined ? {} : { group: groupId(from.id, shown) }),
      ...(same === undefined ? { relationshipId } : {}),
    });
  }
  return [...wires.values()];
};

/** The groups of the items that are one CI, as far as a line of them is drawn. */
export const groupsIn = (
  items: readonly Item[],
  wires: readonly Wire[],
  groupsFor: (ciId: string) => Groups | undefined,
): MapGroup[] => {
  const drawn = new Set(wires.flatMap(({ group }) => group ?? []));
  return items
    .filter(({ kind }) => kind === 'ci')
    .flatMap(({ id }) =>
      [...(groupsFor(id) ?? [])]
        .map(([name, { members, need }]) => ({ id: groupId(id, name), of: id, name, need, members: members.size }))
        .filter((group) => drawn.has(group.id))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
};

const groupId = (ciId: string, name: string): string => `${ciId}#${name}`;
