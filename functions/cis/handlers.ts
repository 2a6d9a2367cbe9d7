import { ciCandidates, showCi } from '../../domain/ci/ci-view.ts';
import { createCi, editCi } from '../../domain/ci/write-ci.ts';
import { loadAsOf } from '../http/as-of.ts';
import { readHistory } from '../http/history.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { pageProvenance } from '../reconciliation/page-provenance.ts';
import { asThen, viewingAsOf, viewingOf } from '../reconciliation/read-viewing.ts';
import { stageRetirement } from '../relationships/retire-end.ts';
import { digest } from '../shared/digest.ts';
import { checkVersion } from '../store/unit-of-work.ts';
import { listDependents } from './dependents.ts';
import { ciEntity } from './entity.ts';
import { placeEditedCi, placeNewCi } from './hold-to-class.ts';
import { listBindings } from './list-bindings.ts';
import { listCis } from './list-cis.ts';
import { listRelationships } from './list-relationships.ts';
import type { cisOperations } from './operations.ts';

export const cisHandlers: Handlers<typeof cisOperations, RequestScope & ApiContext> = {
  createCi: async ({ body }, scope) => {
    const { work, now, requestKey } = scope;
    const { tenant, correlationId } = work.author;
    const place = await placeNewCi(scope, body);
    const ci = createCi(body, place, { now, digest, tenant, requestKey, correlationId });
    return showCi(work.create(ciEntity, ci, { type: 'CiCreated' }), await viewingOf(scope));
  },
  listCis: ({ query }, scope) => listCis(query, scope),
  getCi: async ({ path, query }, scope) =>
    showCi(await loadAsOf(scope, ciEntity, path.ciId, query), await viewingAsOf(scope, query)),
  editCi: async ({ path, body }, scope) => {
    const { work, now, ifMatch } = scope;
    const stored = await work.load(ciEntity, path.ciId);
    checkVersion(stored, ifMatch);
    const place = await placeEditedCi(scope, stored.value, body);
    if (body.status === 'retired' && stored.value.status !== 'retired') await stageRetirement(work, path.ciId, now);
    const next = editCi(stored.value, body, { now, digest }, place);
    return showCi(work.replace(ciEntity, stored, next, { type: 'CiUpdated' }), await viewingOf(scope));
  },
  explainCi: async ({ path, query }, scope) => {
    const { value } = await loadAsOf(scope, ciEntity, path.ciId, query);
    return pageProvenance(ciCandidates(value), value.class, query, scope);
  },
  listCiHistory: async ({ path, query }, scope) => {
    const viewing = await viewingOf(scope);
    return readHistory(scope, ciEntity, path.ciId, query, (stored) => showCi(stored, asThen(viewing, stored)));
  },
  listCiRelationships: async ({ path, query }, scope) => {
    await loadAsOf(scope, ciEntity, path.ciId, query);
    return listRelationships(path.ciId, query, scope);
  },
  listCiBindings: async ({ path, query }, scope) => {
    const { value } = await loadAsOf(scope, ciEntity, path.ciId, query);
    return listBindings(value, query, scope);
  },
  listCiDependents: ({ path, query }, scope) => listDependents(path.ciId, query, scope),
};
