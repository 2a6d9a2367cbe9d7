import * as z from 'zod';
import { CiClass } from '../../domain/ci/ci-classes.ts';
import type { Direction } from '../../domain/graph/link.ts';
import { AssetId, CiId } from '../../domain/shared/id.ts';
import { defineEntity } from '../store/entity.ts';
import { type PageLink, packLinks, unpackLinks } from './pack-links.ts';

/** Which way failure travels from the CI of a page: `down` to those that suffer with it, `up` to those it needs. */
export const ways = ['down', 'up'] as const;
export type Way = (typeof ways)[number];

export const wayOf = (direction: Direction): Way => (direction === 'downstream' ? 'down' : 'up');

const Card = z.strictObject({
  name: z.string(),
  class: CiClass,
  assetId: AssetId.optional(),
  mergedInto: CiId.optional(),
});

/**
 * One page of the edges of a CI in one way. `pages` is how many there were when this one was written; on page 0 it is how many there
 * are. Page 0 also carries the card of its CI, so that a walk that comes by knows what it sees. A page is never removed.
 */
export type AdjacencyPage = {
  ciId: string;
  way: Way;
  page: number;
  pages: number;
  card?: z.infer<typeof Card> | undefined;
  links: readonly PageLink[];
};

const StoredPage = z.strictObject({
  c: CiId,
  w: z.enum(ways),
  p: z.int().nonnegative(),
  n: z.int().positive(),
  k: Card.optional(),
  l: z.record(z.string(), z.string()),
});

export const adjacencyPrefix = (way: Way): string => `J#${way}#`;

/** Pages are kept by the relay alone. What is stored is checked while it is unpacked. */
export const adjacencyEntity = defineEntity<AdjacencyPage, Pick<AdjacencyPage, 'ciId' | 'way' | 'page'>>({
  name: 'adjacency',
  schema: z.custom<AdjacencyPage>(),
  tracked: false,
  id: ({ ciId, way, page }) => ({ ciId, way, page }),
  key: ({ ciId, way, page }) => ({ pk: ciId, sk: `${adjacencyPrefix(way)}${page}` }),
  packing: {
    pack: ({ ciId, way, page, pages, card, links }) => ({
      c: ciId,
      w: way,
      p: page,
      n: pages,
      ...(card === undefined ? {} : { k: card }),
      l: packLinks(links),
    }),
    unpack: (stored) => {
      const { c, w, p, n, k, l } = StoredPage.parse(stored);
      return { ciId: c, way: w, page: p, pages: n, ...(k === undefined ? {} : { card: k }), links: unpackLinks(c, l) };
    },
  },
  chart:
    'up to 64 open edges of a CI in one way (down: what suffers with it; up: what it needs), kept by the relay for walks',
});
