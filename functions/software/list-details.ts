import { detailListsOf, type NamedList, placeOf } from '../../domain/software/detail-lists.ts';
import { ciEntity } from '../cis/entity.ts';
import { loadAsOf } from '../http/as-of.ts';
import type { SoftwareScope } from './context.ts';
import type { DetailListQuery } from './operations.ts';

/** One page of the bulky lists that a CI has, or had at the moment asked about. A page goes on after the last list, whatever changed. */
export const listDetails = async (ciId: string, query: DetailListQuery, scope: SoftwareScope) => {
  const { value } = await loadAsOf(scope, ciEntity, ciId, query);
  const after = query.cursor === undefined ? '' : String(scope.cursor.open(query.cursor));
  const rest = detailListsOf(value.facets).filter((one) => placeOf(one) > after);
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  const items = page.map(showList);
  return last === undefined || rest.length === page.length
    ? { items }
    : { items, nextCursor: scope.cursor.seal(placeOf(last)) };
};

export const showList = ({ facet: _facet, bare: _bare, ...list }: NamedList) => list;
