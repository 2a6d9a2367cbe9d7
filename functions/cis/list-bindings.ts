import * as z from 'zod';
import type { BindingView } from '../../domain/binding/bind.ts';
import type { Binding } from '../../domain/binding/binding.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { bindingEntity, bindingPrefix } from '../bindings/entity.ts';
import { momentOf } from '../http/as-of.ts';
import type { HistoryQuery } from '../http/history.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { absorbedCis } from '../merges/absorbed-cis.ts';
import { versionsAt } from '../store/as-of.ts';
import { ofTenant, type Stored } from '../store/entity.ts';
import type { Item, Page, Table } from '../store/table.ts';

/**
 * One page of the bindings of a CI in the order of time; as they were known at a past moment, those of later left out. Those of the CIs that
 * were merged into it are among them, under the ids that these had: of one thing there is one history. A CI has few bindings, one more with
 * each swap, so that all of them are read and put in order.
 */
export const listBindings = async (
  ci: Ci,
  query: HistoryQuery,
  { table, principal, cursor, now }: Pick<RequestScope & ApiContext, 'table' | 'principal' | 'cursor' | 'now'>,
) => {
  const ids = [ci.ciId, ...(await absorbedCis(table, principal.tenant, ci))];
  const all = await Promise.all(ids.map((ciId) => everyBinding(table, ofTenant(principal.tenant, ciId))));
  const live = all.flat().map(bindingEntity.fromItem);
  const then = await versionsAt(table, principal.tenant, bindingEntity, live, momentOf(query, now));
  const after = query.cursor === undefined ? '' : z.string().parse(cursor.open(query.cursor));
  const rest = then
    .filter((one): one is Stored<Binding> => one !== undefined)
    .map(({ value, version }): BindingView => ({ ...value, version }))
    .filter((binding) => placeOf(binding) > after)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const items = rest.slice(0, query.limit);
  const last = items.at(-1);
  return rest.length > items.length && last !== undefined
    ? { items, nextCursor: cursor.seal(placeOf(last)) }
    : { items };
};

/** Of two that began in the same millisecond the one that has ended came first. */
const placeOf = ({ validFrom, validTo, bindingId }: Binding): string => `${validFrom} ${validTo ?? '~'} ${bindingId}`;

const pageSize = 1000;

const everyBinding = async (table: Table, pk: string): Promise<Item[]> => {
  const items: Item[] = [];
  let after: Page['last'];
  do {
    const start = after === undefined ? {} : { after };
    const page: Page = await table.query({ pk, prefix: bindingPrefix, limit: pageSize, ...start });
    items.push(...page.items);
    after = page.last;
  } while (after !== undefined);
  return items;
};
