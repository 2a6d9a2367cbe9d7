import type { Ci } from '../../domain/ci/ci.ts';
import { countedLists } from '../../domain/software/installs.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Item } from '../store/table.ts';
import { paddedSequence } from './count-dues.ts';
import type { ShardChange } from './shard-change.ts';

/** A CI whose software counts otherwise than before: other lists, or retired, merged or back again. */
export type SoftwareMove = { tenant: string; sequence: string; before: Ci | undefined; after: Ci | undefined };

/** Told from the images alone: unchanged software costs no read. An image that cannot be read counts for nothing, whenever it is looked at. */
export const softwareMoves = (changes: readonly ShardChange[]): SoftwareMove[] =>
  changes.flatMap(({ sequence, before: old, after: next }) => {
    const item = next ?? old;
    if (item?.e !== ciEntity.name) return [];
    const [before, after] = [ciIn(old), ciIn(next)];
    if (hashesOf(before) === hashesOf(after)) return [];
    return [{ tenant: item.pk.slice(0, item.pk.indexOf('#')), sequence: paddedSequence(sequence), before, after }];
  });

const hashesOf = (ci: Ci | undefined): string =>
  countedLists(ci)
    .lists.map(({ hash }) => hash)
    .sort()
    .join(' ');

const ciIn = (item: Item | undefined): Ci | undefined => {
  if (item === undefined) return undefined;
  try {
    return ciEntity.fromItem(item).value;
  } catch {
    return undefined;
  }
};

/** The lists of so many CIs are read at once, unless they have more entries together than a worker should hold. */
const mostAtOnce = 32;
const mostRows = 100_000;

/** Moves in their order, in groups that are read at once. */
export const groupsOf = (moves: readonly SoftwareMove[]): SoftwareMove[][] => {
  const groups: SoftwareMove[][] = [];
  let room = 0;
  for (const move of moves) {
    const rows = entriesOf(move.before) + entriesOf(move.after);
    const last = groups.at(-1);
    if (last === undefined || last.length === mostAtOnce || rows > room) {
      groups.push([move]);
      room = mostRows - rows;
    } else {
      last.push(move);
      room -= rows;
    }
  }
  return groups;
};

const entriesOf = (ci: Ci | undefined): number => countedLists(ci).lists.reduce((sum, { count }) => sum + count, 0);
