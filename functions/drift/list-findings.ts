import * as z from 'zod';
import { type DriftFinding, driftStates, stateAt } from '../../domain/drift/finding.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { ofTenant, type Stored } from '../store/entity.ts';
import { readList } from '../store/read-list.ts';
import { type Position, readPage } from '../store/read-page.ts';
import { findingEntity, findingListPartition, findingPrefix, findingShards } from './entity.ts';
import type { FindingQuery } from './operations.ts';

type Scope = Pick<RequestScope & ApiContext, 'table' | 'principal' | 'cursor' | 'now'>;

export const showFinding = ({ value, version }: Stored<DriftFinding>, now: string) => ({
  ...value,
  state: stateAt(value, now),
  version,
});

/** One page of findings: of one CI from beside it, else from the lists of the states that can be asked for, in order of classes. */
export const listFindings = async (query: FindingQuery, scope: Scope) =>
  query.ciId === undefined ? listAll(query, scope) : listOfCi(query.ciId, query, scope);

const isWanted = ({ state, class: ciClass, kind }: FindingQuery, finding: DriftFinding, now: string): boolean =>
  (state === undefined || state === stateAt(finding, now)) &&
  (ciClass === undefined || ciClass === finding.class) &&
  (kind === undefined || kind === finding.kind);

/** What was accepted until a moment that has passed is listed as accepted, and open. */
const storedStates = (state: FindingQuery['state']): readonly DriftFinding['state'][] => {
  if (state === undefined) return driftStates;
  return state === 'open' ? ['open', 'accepted'] : [state];
};

const listAll = async (query: FindingQuery, { table, principal, cursor, now }: Scope) => {
  const { found, next } = await readList(table, {
    tenant: principal.tenant,
    entity: findingEntity,
    index: 'list',
    partitions: storedStates(query.state).flatMap((state) =>
      Array.from({ length: findingShards }, (_, shard) => findingListPartition(state, shard)),
    ),
    prefix: query.class === undefined ? undefined : `${query.class}#`,
    after: query.cursor === undefined ? undefined : z.string().parse(cursor.open(query.cursor)),
    limit: query.limit,
    idOf: (sortKey) => sortKey.slice(sortKey.indexOf('#') + 1),
    keep: ({ value }) => isWanted(query, value, now),
  });
  const items = found.map((stored) => showFinding(stored, now));
  return next === undefined ? { items } : { items, nextCursor: cursor.seal(next) };
};

const listOfCi = async (ciId: string, query: FindingQuery, { table, principal, cursor, now }: Scope) => {
  const after = query.cursor === undefined ? undefined : (cursor.open(query.cursor) as Position);
  const { found, next } = await readPage(
    table,
    { pk: ofTenant(principal.tenant, ciId), prefix: findingPrefix, limit: query.limit, after },
    async (items) =>
      items.map((item) => {
        const stored = findingEntity.fromItem(item);
        return isWanted(query, stored.value, now) ? showFinding(stored, now) : undefined;
      }),
  );
  return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
};
