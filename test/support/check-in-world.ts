import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { keepAdjacency } from '../../functions/relay/adjacency.ts';
import { type Answer, type Request, startApp } from './app.ts';

/** Check-in runs on two of three servers' good will; all of them hang on one switch, the third on a second one too. */
export const checkInWorld = async () => {
  const app = startApp();
  const ids: Record<string, string> = {};
  const ci = async (name: string, ciClass = 'server') => {
    ids[name] = (await app.call('createCi', { body: { class: ciClass, name } })).body.ciId;
  };
  for (const name of ['web-1', 'web-2', 'web-3', 'switch-a', 'switch-b', 'badge-printer']) await ci(name);
  for (const name of ['Check-in', 'Boarding']) await ci(name, 'business-service');
  const relate = (from: string, type: string, to: string, attributes?: object) =>
    app.call('createRelationship', {
      body: { type, from: ids[from], to: ids[to], ...(attributes === undefined ? {} : { attributes }) },
    });
  for (const web of ['web-1', 'web-2', 'web-3']) await relate('Check-in', 'depends on', web, { group: 'web', need: 2 });
  for (const web of ['web-1', 'web-2']) await relate(web, 'runs on', 'switch-a');
  await relate('web-3', 'runs on', 'switch-b');
  await relate('Boarding', 'depends on', 'Check-in');
  await relate('badge-printer', 'connected to', 'switch-a');
  /** What the stream brings to the relay. */
  const relay = async () => {
    const after = app.table.items().filter(({ e }) => e === relationshipEntity.name);
    await keepAdjacency(
      app.table,
      after.map((item) => ({ before: undefined, after: item })),
    );
  };
  await relay();
  const nameOf = (ciId: string) => Object.entries(ids).find(([, id]) => id === ciId)?.[0];
  const impact = (root: string, query: Record<string, string> = {}, more: Partial<Request> = {}) =>
    app.call('getImpact', { path: { ciId: ids[root] ?? '' }, query, ...more });
  const told = ({ body }: Answer) =>
    body.nodes.map(({ ciId, depth, failed }: { ciId: string; depth: number; failed?: boolean }) =>
      [nameOf(ciId), depth, failed].filter((part) => part !== undefined).join(' '),
    );
  return { ...app, ids, relate, relay, impact, told, nameOf };
};
