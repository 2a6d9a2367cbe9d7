import { type AdjacencyPage, ways } from '../graph/entity.ts';
import { pageRoom } from '../graph/pages.ts';
import type { Table, Write } from '../store/table.ts';
import {
  countOf,
  type PageReader,
  type Place,
  pageNumber,
  putPage,
  readPagesOf,
  type Shelf,
  shelfName,
} from './adjacency-shelf.ts';
import { makeRoom } from './adjacency-split.ts';
import { readTruth, type Truth } from './adjacency-truth.ts';

const mostRounds = 20;

/**
 * Brings each place in line with the relationship that the table holds now. Pages are read first, relationships after them, and a page is
 * written only if nobody wrote it meanwhile: whoever read an older relationship loses and looks again. A page where there is nothing to remove
 * is written all the same, to stop a writer who still believes in the edge. An entry that is as new as its record is left alone.
 * Throws when it loses 20 times; the stream brings the records again.
 */
export const placeEdges = async (table: Table, places: readonly Place[]): Promise<void> => {
  let waiting = places;
  for (let round = 0; waiting.length > 0; round += 1) {
    if (round === mostRounds) throw new Error(`${waiting.length} edges lost every race for their pages`);
    const pages = await readPagesOf(table, waiting);
    const due = waiting.filter((place) => !isPlaced(pages, place));
    if (due.length === 0) return;
    const fresh = due.map(({ shelf }) => shelf).filter((shelf) => pages.get(shelf, 0) === undefined);
    waiting = await writeDue(table, pages, due, await readTruth(table, due, fresh));
  }
};

const isPlaced = (pages: PageReader, place: Place): boolean => {
  const links = pages.get(place.shelf, pageNumber(pages, place))?.value.links ?? [];
  const entry = links.find(({ relationshipId }) => relationshipId === place.edge.relationshipId);
  return entry !== undefined && entry.version >= place.edge.version;
};

/** The places that are on one page. */
type OnPage = { shelf: Shelf; page: number; places: Place[] };

/** A write, and the places that are done when it succeeds. */
type Attempt = { shelf: Shelf; next: AdjacencyPage; write: Write; places: Place[] };

/** One attempt on every page that is due. Gives back the places that must be looked at again. */
const writeDue = async (table: Table, pages: PageReader, due: readonly Place[], truth: Truth): Promise<Place[]> => {
  const attempts: Attempt[] = [];
  const again: Place[] = [];
  for (const { shelf, page, places } of groupByPage(pages, due)) {
    const stored = pages.get(shelf, page);
    const base = stored?.value ?? emptyPage(pages, shelf, page, truth);
    const next = withLinks(base, places, truth);
    if (base.pages > countOf(pages, shelf)) again.push(...places);
    else if (next.links.length <= Math.max(pageRoom, base.links.length)) {
      attempts.push({ shelf, next, write: putPage(shelf, stored, next), places });
    } else {
      again.push(...places);
      if (stored === undefined) attempts.push({ shelf, next: base, write: putPage(shelf, stored, base), places: [] });
      else await makeRoom(table, shelf, page);
    }
  }
  const results = await table.writeEach([...attempts.map(({ write }) => write), ...siblingsOf(attempts)]);
  return [...again, ...attempts.flatMap(({ places }, n) => (results[n]?.done === true ? [] : places))];
};

const groupByPage = (pages: PageReader, places: readonly Place[]): OnPage[] => {
  const groups = new Map<string, OnPage>();
  for (const place of places) {
    const page = pageNumber(pages, place);
    const name = `${shelfName(place.shelf)} ${page}`;
    const group = groups.get(name) ?? { shelf: place.shelf, page, places: [] };
    groups.set(name, group);
    group.places.push(place);
  }
  return [...groups.values()];
};

const emptyPage = (pages: PageReader, shelf: Shelf, page: number, { cardFor }: Truth): AdjacencyPage => {
  const { ciId, way } = shelf;
  const card = page === 0 ? cardFor(shelf) : undefined;
  return {
    ciId,
    way,
    page,
    pages: countOf(pages, shelf),
    ...(card === undefined ? {} : { card }),
    links: [],
  };
};

const withLinks = (page: AdjacencyPage, places: readonly Place[], { linkFor }: Truth): AdjacencyPage => {
  const links = new Map(page.links.map((link) => [link.relationshipId, link]));
  for (const place of places) {
    const link = linkFor(place);
    if (link === undefined) links.delete(place.edge.relationshipId);
    else links.set(link.relationshipId, link);
  }
  return { ...page, links: [...links.values()] };
};

/** With its first page in one way a CI gets an empty one in the other, so that a walk which ends there finds its card. */
const siblingsOf = (attempts: readonly Attempt[]): Write[] => {
  const made = new Set(attempts.map(({ shelf }) => shelfName(shelf)));
  return attempts.flatMap(({ shelf, write, next }) =>
    ways
      .map((way) => ({ ...shelf, way }))
      .filter((other) => write.expect === 'absent' && next.page === 0 && !made.has(shelfName(other)))
      .map((other) => putPage(other, undefined, { ...next, way: other.way, links: [] })),
  );
};
