import { classPrefix } from '../../domain/ci/class-name.ts';
import { dayOf } from '../../domain/health/judge.ts';
import { assetPath, classAt } from '../../domain/health/rule-book.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { placeNamed } from '../model/read-class.ts';
import { tableIndexes } from '../store/contracts.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item } from '../store/table.ts';
import { failureEntity, failurePartition, failureShards, healthStateEntity, stalePartition } from './entities.ts';
import type { FailureQuery } from './operations.ts';
import { rulesOf } from './rules.ts';
import { healthRulesEntity } from './rules-entity.ts';
import { healthRulesId } from './rules-key.ts';

type Scope = RequestScope & ApiContext;
type Row = { sort: string; shown: { rule: string; class: string; since?: string; id: string } };

/**
 * One page of the records that fail a rule, over all shards in the order of their sort keys: by class, or, for what fails by the passing of
 * time, by the day since when.
 */
export const listFailures = async (query: FailureQuery, scope: Scope) => {
  const { rule: ruleId, limit } = query;
  const path = await pathOf(query.class, scope);
  const rule = rulesOf(await scope.work.find(healthRulesEntity, healthRulesId, false)).find(
    (one) => one.ruleId === ruleId,
  );
  if (rule === undefined) {
    throw new Problem('not-found', `There is no health rule ${ruleId}.`, { fix: 'GET /data-health/rules lists them.' });
  }
  const after = query.cursor === undefined ? '' : String(scope.cursor.open(query.cursor));
  const read = rule.check.kind === 'seen' ? readStale : readFailing;
  const shards = Array.from({ length: failureShards }, (_, shard) => shard);
  const pages = await Promise.all(shards.map((shard) => read({ ...query, path, after, shard }, scope)));
  const rows = pages.flatMap(({ rows: found }) => found).sort((a, b) => (a.sort < b.sort ? -1 : 1));
  // Behind the first shard that has more than it gave, nothing is known of it.
  const horizon = pages.flatMap(({ until }) => until ?? []).sort()[0];
  const known = horizon === undefined ? rows : rows.filter(({ sort }) => sort <= horizon);
  const shown = known.slice(0, limit);
  const next = shown.length < known.length ? shown.at(-1)?.sort : horizon;
  const items = shown.map(({ shown: { id, ...rest } }) => ({
    ...rest,
    ...(id.startsWith('ci_') ? { ciId: id } : { assetId: id }),
  }));
  return next === undefined ? { items } : { items, nextCursor: scope.cursor.seal(next) };
};

/** The path of a class by its name; nothing stands for all classes. */
const pathOf = async (name: string | undefined, { table, principal }: Scope): Promise<string> => {
  if (name === undefined || name === 'ci') return '';
  if (name === 'asset') return assetPath;
  return classPrefix(await placeNamed({ table, tenant: principal.tenant }, name, '#/query/class'));
};

type Page = { rows: Row[]; until?: string };
type Request = Pick<FailureQuery, 'rule' | 'limit'> & { path: string; after: string; shard: number };

const readFailing = async (
  { rule, path, after, shard, limit }: Request,
  { table, principal }: Scope,
): Promise<Page> => {
  const pk = ofTenant(principal.tenant, failurePartition(rule, shard));
  const prefix = path === '' ? {} : { prefix: path };
  const start = after === '' ? {} : { after: { pk, sk: after } };
  const { items, last } = await table.query({ pk, limit, ...prefix, ...start });
  const rows = items.map((item): Row => {
    const { class: found, id } = failureEntity.fromItem(item).value;
    return { sort: item.sk, shown: { rule, class: classAt(found), id } };
  });
  return last === undefined ? { rows } : { rows, until: last.sk };
};

const { partition, sort: sortName } = tableIndexes.list;

const readStale = async (
  { rule, path, after, shard, limit }: Request,
  { table, principal, now }: Scope,
): Promise<Page> => {
  const { tenant } = principal;
  const pk = ofTenant(tenant, stalePartition(rule, shard));
  const position = { ...healthStateEntity.keyOf(tenant, idIn(after)), [partition]: pk, [sortName]: after };
  const start = after === '' ? {} : { after: position };
  const { items, last } = await table.query({ index: 'list', pk, upTo: `${dayOf(now)}#~`, limit, ...start });
  const rows = items.map((item) => rowOf(rule, item)).filter(({ sort }) => sort.split('#')[1]?.startsWith(path));
  return last === undefined ? { rows } : { rows, until: String(last[sortName]) };
};

const rowOf = (rule: string, item: Item): Row => {
  const sort = String(item[sortName]);
  const [since = '', found = '', id = ''] = sort.split('#');
  return { sort, shown: { rule, class: classAt(found), since, id } };
};

const idIn = (sort: string): string => sort.slice(sort.lastIndexOf('#') + 1);
