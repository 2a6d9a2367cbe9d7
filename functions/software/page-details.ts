import * as z from 'zod';
import type { Ci } from '../../domain/ci/ci.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { DetailList, detailListsOf, latestList, type NamedList } from '../../domain/software/detail-lists.ts';
import { ciEntity } from '../cis/entity.ts';
import { loadAsOf } from '../http/as-of.ts';
import type { SoftwareScope } from './context.ts';
import { showList } from './list-details.ts';
import type { DetailQuery } from './operations.ts';
import { readDetailList } from './read-detail-list.ts';

/** A list lies under its content's hash for good: a page goes on in the list that the first one showed, though a newer one has come. */
const Place = z.strictObject({ list: DetailList.extend({ facet: z.string(), bare: z.boolean() }), skip: z.int() });

/** A page ends early when it gets large; Lambda answers with 6 MB at most. */
const mostCharacters = 3_000_000;

type Path = { ciId: string; section: string };

/** One page of the entries of a list, in the order in which they are kept. */
export const pageDetails = async ({ ciId, section }: Path, query: DetailQuery, scope: SoftwareScope) => {
  const { value } = await loadAsOf(scope, ciEntity, ciId, query);
  const place =
    query.cursor === undefined
      ? { list: chooseList(value, section, query.source), skip: 0 }
      : Place.parse(scope.cursor.open(query.cursor));
  const all = await readDetailList({ ...scope, tenant: scope.principal.tenant }, value, place.list);
  const items: unknown[] = [];
  let room = mostCharacters;
  for (const item of all.slice(place.skip, place.skip + query.limit)) {
    room -= JSON.stringify(item).length;
    if (room < 0 && items.length > 0) break;
    items.push(item);
  }
  const skip = place.skip + items.length;
  const shown = { ...showList(place.list), items };
  return skip < all.length ? { ...shown, nextCursor: scope.cursor.seal({ list: place.list, skip }) } : shown;
};

/** Throws `not-found`, naming what there is instead. */
const chooseList = ({ ciId, facets }: Ci, section: string, source: string | undefined): NamedList => {
  const all = detailListsOf(facets);
  const ofSection = all.filter((one) => one.section === section);
  const chosen = latestList(ofSection.filter((one) => source === undefined || one.source === source));
  if (chosen !== undefined) return chosen;
  const names = (list: readonly string[]) => [...new Set(list)].join(', ');
  if (ofSection.length > 0) {
    throw new Problem('not-found', `${source} says no ${section} of ${ciId}.`, {
      fix: `Ask for another source, or for none to get the latest: ${names(ofSection.map((one) => one.source))}.`,
    });
  }
  throw new Problem('not-found', `Nobody says ${section} of ${ciId}.`, {
    fix:
      all.length === 0 ? 'No source has sent a list of it.' : `Lists of it: ${names(all.map((one) => one.section))}.`,
  });
};
