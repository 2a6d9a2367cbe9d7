import { ciEntity } from '../cis/entity.ts';
import { cardOf } from '../graph/card-of.ts';
import { adjacencyEntity, ways } from '../graph/entity.ts';
import type { Table } from '../store/table.ts';
import { keyText, pageKey, putPage, type Shelf } from './adjacency-shelf.ts';

const mostRounds = 20;

/**
 * Puts the name, class and asset that a CI has now on its first pages, as edges are placed: pages are read first, the CI after them. A CI that
 * has no pages gets empty ones, to stop a writer who is about to make them with an older card.
 */
export const renewCards = async (table: Table, cis: readonly Pick<Shelf, 'tenant' | 'ciId'>[]): Promise<void> => {
  let waiting: Shelf[] = cis.flatMap((ci) => ways.map((way) => ({ ...ci, way })));
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round === mostRounds) throw new Error(`${waiting.length} cards lost every race for their pages`);
    const heads = await readItems(
      table,
      waiting.map((shelf) => pageKey(shelf, 0)),
    );
    const stored = await readItems(
      table,
      waiting.map(({ tenant, ciId }) => ciEntity.keyOf(tenant, ciId)),
    );
    const writes = waiting.flatMap((shelf) => {
      const ci = stored.get(keyText(ciEntity.keyOf(shelf.tenant, shelf.ciId)));
      if (ci === undefined) return [];
      const item = heads.get(keyText(pageKey(shelf, 0)));
      const head = item === undefined ? undefined : adjacencyEntity.fromItem(item);
      const { ciId, way } = shelf;
      const page = {
        ...(head?.value ?? { ciId, way, page: 0, pages: 1, links: [] }),
        card: cardOf(ciEntity.fromItem(ci).value),
      };
      return [{ shelf, write: putPage(shelf, head, page) }];
    });
    const results = await table.writeEach(writes.map(({ write }) => write));
    waiting = writes.flatMap(({ shelf }, n) => (results[n]?.done === true ? [] : [shelf]));
  }
};

const readItems = async (table: Table, keys: Parameters<Table['getMany']>[0]) =>
  new Map((await table.getMany(keys, { consistent: true })).map((item) => [keyText(item), item]));
