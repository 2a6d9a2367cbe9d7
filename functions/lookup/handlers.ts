import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import { claimKeyOf, type Identifier, IdentifierType } from '../../domain/identity/identifier.ts';
import { normaliseIdentifier } from '../../domain/identity/normalise.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { momentOf } from '../http/as-of.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { Item, Table } from '../store/table.ts';
import { claimEntity } from './entity.ts';
import { type Match, matchesThen } from './match-then.ts';
import type { LookupQuery, lookupOperations } from './operations.ts';

export const lookupHandlers: Handlers<typeof lookupOperations, RequestScope & ApiContext> = {
  lookUp: async ({ query: { asOf: moment, ...query } }, { table, principal: { tenant }, now }) => {
    const asOf = momentOf({ asOf: moment }, now);
    const claimKey = claimKeyOf(readIdentifier(query));
    const item = await table.get(claimEntity.keyOf(tenant, claimKey));
    if (item === undefined) return { matches: [] };
    const { holders } = claimEntity.fromItem(item).value;
    const keys = holders.flatMap(({ assetId, ciId }) => {
      if (assetId !== undefined) return [assetEntity.keyOf(tenant, assetId)];
      return ciId === undefined ? [] : [ciEntity.keyOf(tenant, ciId)];
    });
    const held = await table.getMany(keys);
    if (asOf !== undefined) return { matches: (await matchesThen({ table, tenant, asOf }, claimKey, held)).sort(byId) };
    const matches = await Promise.all(held.map((found) => presentMatch(table, tenant, found)));
    return { matches: [...new Map(matches.map((one) => [one.assetId ?? one.ciId, one])).values()].sort(byId) };
  },
};

/** What was merged into another thing is that thing: its claims may follow later. */
const presentMatch = async (table: Table, tenant: string, item: Item): Promise<Match> => {
  const entity = item.e === assetEntity.name ? assetEntity : ciEntity;
  const to = entity.movedTo?.(entity.fromItem(item).value as Asset & Ci);
  const next = to === undefined ? undefined : await table.get(entity.keyOf(tenant, to));
  return next === undefined ? matchOf(item) : presentMatch(table, tenant, next);
};

/** A claim whose holder is not there yet (its import is still at work) matches nothing. */
const matchOf = (item: Item): Match => {
  if (item.e === assetEntity.name) {
    const { assetId, binding } = assetEntity.fromItem(item).value;
    return { assetId, ...(binding === undefined ? {} : { ciId: binding.ciId }) };
  }
  const { ciId, binding } = ciEntity.fromItem(item).value;
  return { ciId, ...(binding === undefined ? {} : { assetId: binding.assetId }) };
};

const byId = (a: Match, b: Match): number => ((a.ciId ?? a.assetId ?? '') < (b.ciId ?? b.assetId ?? '') ? -1 : 1);

const readIdentifier = (query: Omit<LookupQuery, 'asOf'>): Identifier => {
  const [[name, value] = ['', '']] = Object.entries(query).filter((entry) => entry[1] !== undefined);
  const raw = { type: IdentifierType.parse(name), value: value ?? '' };
  const identifier = normaliseIdentifier(raw, { feed: '', nature: 'unknown', container: false });
  if (identifier !== undefined && identifier.strength !== 'rejected') return identifier;
  throw new Problem('invalid-request', 'This identifies nothing.', {
    errors: [{ pointer: `#/query/${name}`, detail: `It identifies nothing: ${identifier?.reason ?? 'it is blank'}.` }],
  });
};
