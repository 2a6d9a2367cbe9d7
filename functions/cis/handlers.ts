import { ciCandidates, showCi } from '../../domain/ci/ci-view.ts';
import { createCi, editCi } from '../../domain/ci/write-ci.ts';
import { bindingEntity, bindingPrefix } from '../bindings/entity.ts';
import { readHistory } from '../http/history.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { pageProvenance } from '../reconciliation/page-provenance.ts';
import { asThen, viewingOf } from '../reconciliation/read-viewing.ts';
import { digest } from '../shared/digest.ts';
import { listShards } from '../store/contracts.ts';
import { ofTenant } from '../store/entity.ts';
import { readList } from '../store/read-list.ts';
import { type Position, readPage } from '../store/read-page.ts';
import { ciEntity, ciListPartition } from './entity.ts';
import { listRelationships } from './list-relationships.ts';
import type { cisOperations } from './operations.ts';

export const cisHandlers: Handlers<typeof cisOperations, RequestScope & ApiContext> = {
  createCi: async ({ body }, scope) => {
    const { work, now, requestKey } = scope;
    const { tenant, correlationId } = work.author;
    const ci = createCi(body, { now, digest, tenant, requestKey, correlationId });
    return showCi(work.create(ciEntity, ci, { type: 'CiCreated' }), await viewingOf(scope));
  },
  listCis: async ({ query }, scope) => {
    const { table, principal, cursor } = scope;
    const { found, next } = await readList(table, {
      tenant: principal.tenant,
      entity: ciEntity,
      index: 'list',
      partitions: Array.from({ length: listShards }, (_, shard) => ciListPartition(shard)),
      prefix: query.class === undefined ? undefined : `${query.class}#`,
      after: query.cursor === undefined ? undefined : String(cursor.open(query.cursor)),
      limit: query.limit,
      idOf: (sortKey) => sortKey.slice(sortKey.indexOf('#') + 1),
      keep: ({ value }) =>
        (query.class === undefined || query.class === value.class) &&
        (query.status === undefined || query.status === value.status),
    });
    const viewing = await viewingOf(scope);
    const items = found.map((stored) => showCi(stored, viewing));
    return next === undefined ? { items } : { items, nextCursor: cursor.seal(next) };
  },
  getCi: async ({ path }, scope) => showCi(await scope.work.load(ciEntity, path.ciId), await viewingOf(scope)),
  editCi: async ({ path, body }, scope) => {
    const { work, now, ifMatch } = scope;
    return showCi(
      await work.update(ciEntity, path.ciId, (ci) => editCi(ci, body, { now, digest }), {
        type: 'CiUpdated',
        expected: ifMatch,
      }),
      await viewingOf(scope),
    );
  },
  explainCi: async ({ path, query }, scope) => {
    const { value } = await scope.work.load(ciEntity, path.ciId);
    return pageProvenance(ciCandidates(value), value.class, query, scope);
  },
  listCiHistory: async ({ path, query }, scope) => {
    const viewing = await viewingOf(scope);
    return readHistory(scope, ciEntity, path.ciId, query, (stored) => showCi(stored, asThen(viewing, stored)));
  },
  listCiRelationships: async ({ path, query }, scope) => {
    await scope.work.load(ciEntity, path.ciId);
    return listRelationships(path.ciId, query, scope);
  },
  listCiBindings: async ({ path, query }, { table, work, principal, cursor }) => {
    await work.load(ciEntity, path.ciId);
    const after = query.cursor === undefined ? undefined : (cursor.open(query.cursor) as Position);
    const pk = ofTenant(principal.tenant, path.ciId);
    const { found, next } = await readPage(
      table,
      { pk, prefix: bindingPrefix, limit: query.limit, after },
      async (all) =>
        all.map((item) => {
          const { value, version } = bindingEntity.fromItem(item);
          return { ...value, version };
        }),
    );
    return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
  },
};
