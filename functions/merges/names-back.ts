import type { SourceEntry } from '../../domain/import/source-index.ts';
import type { StoredMerge } from '../../domain/merge/merge.ts';
import type { SideName } from '../../domain/merge/split-facets.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import type { TakenThings } from './load-unmerge.ts';
import { loadEntries, namesIn, renamed, replaceEntry } from './move-entries.ts';

/**
 * How a source names what was merged. `sides`: whose name it was, both for one that came since; `owner` gets it back; `isNews`: something
 * was said under it since.
 */
export type SpokenName = { entry: Stored<SourceEntry>; sides: SideName[]; owner: SideName; isNews: boolean };

const isOf = (a: { source: string; nativeKey: string }, b: { source: string; nativeKey: string }): boolean =>
  a.source === b.source && a.nativeKey === b.nativeKey;

export const loadSpoken = async (
  work: UnitOfWork,
  merge: StoredMerge,
  { cis, assets }: TakenThings,
  choice: SideName = 'survivor',
): Promise<SpokenName[]> => {
  const now = namesIn(...[...cis, ...assets].map((one) => one.now.value));
  const since = now.filter((name) => !merge.entries.some((one) => isOf(one, name)));
  return (await loadEntries(work, [...merge.entries, ...since])).map((entry) => {
    const known = merge.entries.find((one) => isOf(one, entry.value));
    if (known === undefined) return { entry, sides: ['survivor', 'absorbed'], owner: choice, isNews: true };
    return { entry, sides: [known.side], owner: known.side, isNews: known.version !== entry.version };
  });
};

/** Stages that every name leads to whom it named; what was said since is looked at again, of the right one. Gives how many. */
export const giveNamesBack = (work: UnitOfWork, merge: StoredMerge, names: readonly SpokenName[]): number => {
  const edges = merge.edges.flatMap(({ from, to }) => (to === undefined ? [] : [[to, from] as const]));
  const things = (['ciId', 'assetId'] as const).flatMap((kind) => {
    const [to, from] = [merge.absorbed[kind], merge.survivor[kind]];
    return to === undefined || from === undefined ? [] : [[from, to] as const];
  });
  const moved = names.map(({ entry, owner, isNews }) => {
    const mine = owner === 'survivor' ? entry.value : renamed(entry.value, new Map([...things, ...edges]));
    const { ciId: _ci, assetId: _asset, ...rest } = mine;
    const next = isNews ? { ...rest, ...idsBefore(merge, merge[owner]), fingerprint: {} } : mine;
    return replaceEntry(work, entry, next) !== entry.version;
  });
  return moved.filter(Boolean).length;
};

/** A thing with what it realised or what realised it before the merge. */
const idsBefore = ({ links }: StoredMerge, thing: StoredMerge['survivor']): StoredMerge['survivor'] => {
  const link = links.find(({ ciId, assetId }) => ciId === thing.ciId || assetId === thing.assetId);
  return { ...link, ...thing };
};
