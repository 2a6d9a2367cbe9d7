import type { SourceEntry } from '../../domain/import/source-index.ts';
import type { StoredMerge } from '../../domain/merge/merge.ts';
import { type Facets, sourceOfFacet } from '../../domain/reconcile/facet.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { sourceEntryEntity } from '../plan-import/source-entry.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

type Name = { source: string; nativeKey: string };
type Faceted = { facets: Facets } | undefined;

/** How sources name a thing, as far as it knows. */
export const namesIn = (...things: Faceted[]): Name[] => {
  const names = things.flatMap((thing) =>
    Object.entries(thing?.facets ?? {}).flatMap(([key, { nativeKey }]) =>
      nativeKey === undefined ? [] : [{ source: sourceOfFacet(key), nativeKey }],
    ),
  );
  return [...new Map(names.map((name) => [`${name.source} ${name.nativeKey}`, name])).values()];
};

export const loadEntries = async (
  { table, author }: UnitOfWork,
  names: readonly Name[],
): Promise<Stored<SourceEntry>[]> => {
  const keys = names.map((name) => sourceEntryEntity.keyOf(author.tenant, name));
  return (await table.getMany(keys, { consistent: true })).map(sourceEntryEntity.fromItem);
};

/** From the id of a thing or an edge to the id in its place. */
export type Renaming = ReadonlyMap<string, string>;

/** The entry with other ids in place of those it names. */
export const renamed = (entry: SourceEntry, ids: Renaming): SourceEntry => {
  const { ciId, assetId, relations } = entry;
  const now = (id: string) => ids.get(id) ?? id;
  return {
    ...entry,
    ...(ciId === undefined ? {} : { ciId: now(ciId) }),
    ...(assetId === undefined ? {} : { assetId: now(assetId) }),
    ...(relations === undefined ? {} : { relations: [...new Set(relations.map(now))].sort() }),
  };
};

/** Stages the next state of an entry, and gives the version it has then. */
export const replaceEntry = (work: UnitOfWork, stored: Stored<SourceEntry>, next: SourceEntry): number => {
  if (sameContent(stored.value, next)) return stored.version;
  work.stage({
    put: sourceEntryEntity.toItem(work.author.tenant, next, stored.version + 1),
    expect: stored.version,
  });
  return stored.version + 1;
};

/** Stages that the names lead to the survivor; what is said under them is not looked at again unless it is news. */
export const renameEntries = (
  work: UnitOfWork,
  entries: readonly Stored<SourceEntry>[],
  ids: Renaming,
  gone: ReadonlySet<string>,
): StoredMerge['entries'] =>
  entries.map((stored) => {
    const { source, nativeKey, ciId = '', assetId = '' } = stored.value;
    const side = gone.has(ciId) || gone.has(assetId) ? ('absorbed' as const) : ('survivor' as const);
    return { source, nativeKey, side, version: replaceEntry(work, stored, renamed(stored.value, ids)) };
  });
