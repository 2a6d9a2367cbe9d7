import { type AdjacencyPage, adjacencyEntity } from '../graph/entity.ts';
import { pageOf, pageToDivide } from '../graph/pages.ts';
import { type Table, WriteConflict } from '../store/table.ts';
import { pageKey, putPage, type Shelf, type StoredPage } from './adjacency-shelf.ts';

/**
 * Adds pages to a shelf until `page` has been divided. Each step is one transaction on page 0 (which counts), the page that is divided and
 * the new one, and changes no edge: a reader or a writer between two steps misses nothing. Gives up when another writer is at it.
 */
export const makeRoom = async (table: Table, shelf: Shelf, page: number): Promise<void> => {
  for (;;) {
    const head = await readPage(table, shelf, 0);
    if (head === undefined) return;
    const { pages } = head.value;
    const divided = pageToDivide(pages);
    const stored = divided === 0 ? head : await readPage(table, shelf, divided);
    const { ciId, way } = shelf;
    const empty: AdjacencyPage = { ciId, way, page: divided, pages, links: [] };
    const links = stored?.value.links ?? [];
    const more = pages + 1;
    const stays = links.filter(({ neighbour }) => pageOf(neighbour, more) === divided);
    const moves = links.filter(({ neighbour }) => pageOf(neighbour, more) !== divided);
    const writes = [
      putPage(shelf, stored, { ...(stored?.value ?? empty), pages: more, links: stays }),
      putPage(shelf, undefined, { ...empty, page: pages, pages: more, links: moves }),
      ...(divided === 0 ? [] : [putPage(shelf, head, { ...head.value, pages: more })]),
    ];
    try {
      await table.transact(writes);
    } catch (error) {
      if (error instanceof WriteConflict) return;
      throw error;
    }
    if (divided === page) return;
  }
};

const readPage = async (table: Table, shelf: Shelf, page: number): Promise<StoredPage | undefined> => {
  const item = await table.get(pageKey(shelf, page), { consistent: true });
  return item === undefined ? undefined : adjacencyEntity.fromItem(item);
};
