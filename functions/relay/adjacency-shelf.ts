import type { Relationship } from '../../domain/relationship/relationship.ts';
import { type AdjacencyPage, adjacencyEntity, type Way } from '../graph/entity.ts';
import { pageOf } from '../graph/pages.ts';
import type { Stored } from '../store/entity.ts';
import type { Key, Table, Write } from '../store/table.ts';

/** All pages of one CI in one way. */
export type Shelf = { tenant: string; ciId: string; way: Way };

/** An edge to look at: its ends never change; `version` is the one that a record spoke of. */
export type EdgeRef = Pick<Relationship, 'relationshipId' | 'type' | 'from' | 'to'> & {
  tenant: string;
  version: number;
};

/** Where one end of an edge keeps it. */
export type Place = { shelf: Shelf; neighbour: string; edge: EdgeRef };

export type StoredPage = Stored<AdjacencyPage>;

export const shelfName = ({ tenant, ciId, way }: Shelf): string => `${tenant} ${ciId} ${way}`;

export const keyText = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

export const pageKey = ({ tenant, ciId, way }: Shelf, page: number): Key =>
  adjacencyEntity.keyOf(tenant, { ciId, way, page });

/** The next version of a page, on the condition that nobody wrote it since it was read; a page that is not there is made. */
export const putPage = ({ tenant }: Shelf, stored: StoredPage | undefined, next: AdjacencyPage): Write => ({
  put: adjacencyEntity.toItem(tenant, next, (stored?.version ?? 0) + 1),
  expect: stored?.version ?? 'absent',
});

export const pageNumber = (pages: Pick<PageReader, 'get'>, { shelf, neighbour }: Place): number =>
  pageOf(neighbour, countOf(pages, shelf));

/** How many pages a shelf had when its first was read. */
export const countOf = (pages: Pick<PageReader, 'get'>, shelf: Shelf): number => pages.get(shelf, 0)?.value.pages ?? 1;

export type PageReader = Awaited<ReturnType<typeof readPagesOf>>;

/** Pages as they are now, strongly consistent: page 0 of each shelf, then the page of each place. */
export const readPagesOf = async (table: Table, places: readonly Place[]) => {
  const found = new Map<string, StoredPage>();
  const get = (shelf: Shelf, page: number): StoredPage | undefined => found.get(keyText(pageKey(shelf, page)));
  const read = async (wanted: readonly { shelf: Shelf; page: number }[]): Promise<void> => {
    const keys = wanted.map(({ shelf, page }) => pageKey(shelf, page));
    for (const item of await table.getMany(keys, { consistent: true }))
      found.set(keyText(item), adjacencyEntity.fromItem(item));
  };
  const pages = { get, read };
  await read(places.map(({ shelf }) => ({ shelf, page: 0 })));
  const further = places.map((place) => ({ shelf: place.shelf, page: pageNumber(pages, place) }));
  const beyond = further.filter(({ page }) => page > 0);
  if (beyond.length > 0) await read(beyond);
  return pages;
};
