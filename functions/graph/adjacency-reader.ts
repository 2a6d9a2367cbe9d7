import type { Neighbours, Surroundings } from '../../domain/graph/link.ts';
import type { Table } from '../store/table.ts';
import { type AdjacencyPage, adjacencyEntity, type Way, wayOf } from './entity.ts';
import { readInWaves } from './read-in-waves.ts';

type PageId = Pick<AdjacencyPage, 'ciId' | 'way' | 'page'>;

/**
 * The surroundings of CIs as of now, from the relay's pages: one read of half a unit for a CI with up to 64 edges, 100 of them in a round
 * trip. A hub's further pages are read when page 0 has told how many there are. Every page says how many it knew of, so that a page added
 * between the two reads is read too. Reads are eventually consistent: the pages themselves are moments behind.
 */
export const readAdjacency =
  (table: Table, tenant: string): Neighbours =>
  async (ids, direction) => {
    const way = wayOf(direction);
    const found = new Map<string, AdjacencyPage[]>();
    const asked = new Map(ids.map((ciId) => [ciId, 0]));
    let wanted = ids.map((ciId) => ({ ciId, way, page: 0 }));
    while (wanted.length > 0) {
      for (const { ciId, page } of wanted) asked.set(ciId, page + 1);
      for (const page of await readPages(table, tenant, wanted)) {
        const same = found.get(page.ciId);
        if (same === undefined) found.set(page.ciId, [page]);
        else same.push(page);
      }
      wanted = [...found].flatMap(([ciId, pages]) => pagesBetween(ciId, way, asked.get(ciId) ?? 0, pages));
    }
    return ids.map((ciId) => surroundingsOf(ciId, found.get(ciId) ?? []));
  };

const readPages = async (table: Table, tenant: string, wanted: readonly PageId[]): Promise<AdjacencyPage[]> => {
  const keys = wanted.map((id) => adjacencyEntity.keyOf(tenant, id));
  return (await readInWaves(table, keys)).map((item) => adjacencyEntity.fromItem(item).value);
};

const pagesBetween = (ciId: string, way: Way, from: number, known: readonly AdjacencyPage[]): PageId[] => {
  const pages = known.reduce((most, page) => Math.max(most, page.pages), 0);
  return Array.from({ length: Math.max(0, pages - from) }, (_, n) => ({ ciId, way, page: from + n }));
};

/** While a page is being divided an edge may be seen on both halves. */
const surroundingsOf = (ciId: string, pages: readonly AdjacencyPage[]): Surroundings => {
  const card = pages.find(({ page }) => page === 0)?.card;
  const [only] = pages;
  const links =
    pages.length <= 1
      ? (only?.links ?? [])
      : [...new Map(pages.flatMap((page) => page.links).map((link) => [link.relationshipId, link])).values()];
  return { ciId, ...(card === undefined ? {} : { card }), links };
};
