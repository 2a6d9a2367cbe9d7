import type { Candidates } from '../../domain/reconcile/candidates.ts';
import { explainAll } from '../../domain/reconcile/provenance.ts';
import type { RuleClass } from '../../domain/reconcile/rule.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { ProvenanceQuery } from './provenance-page.ts';
import { viewingAsOf } from './read-viewing.ts';

/** One page of why an entity shows what it shows. A page goes on after the last attribute's name, whatever changed in between. */
export const pageProvenance = async (
  candidates: Candidates,
  ruleClass: RuleClass,
  query: ProvenanceQuery,
  scope: Pick<RequestScope & ApiContext, 'table' | 'principal' | 'now' | 'cursor'>,
) => {
  const { limit, cursor } = query;
  const viewing = await viewingAsOf(scope, query);
  const after = cursor === undefined ? '' : String(scope.cursor.open(cursor));
  const rest = new Map([...candidates].filter(([attribute]) => attribute > after));
  const all = explainAll(rest, viewing.rules.rulesFor(ruleClass), viewing);
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return last === undefined || items.length === all.length
    ? { items }
    : { items, nextCursor: scope.cursor.seal(last.attribute) };
};
