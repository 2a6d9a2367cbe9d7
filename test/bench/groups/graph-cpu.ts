import { ofTenant } from '../../../functions/store/entity.ts';
import type { Table } from '../../../functions/store/table.ts';
import { startApp } from '../../support/app.ts';
import { atMost, type Metric, told } from '../metric.ts';
import { benchId, benchTenant, type Estate, levelsBelow, planted } from './graph-estate.ts';

const rounds = 9;
const queried = 200;
const tooMany = 4000;

/**
 * CPU of this process (not of DynamoDB) for one visited CI: the whole request from the gateway's event to the answer's JSON, against one
 * Query of the SDK for one CI. Both take turns; the least of all rounds counts, because everything else can only add to it.
 */
export async function* measureCpu(estate: Estate, table: Table): AsyncGenerator<Metric> {
  const { call } = startApp(table);
  const path = { ciId: benchId(largeStart(estate)) };
  let nodes = 0;
  let [walk, query] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round += 1) {
    walk = Math.min(
      walk,
      await cpuOf(async () => {
        nodes = (await call('getImpact', { path, tenant: benchTenant })).body.cost.nodes;
      }),
    );
    query = Math.min(query, await cpuOf(() => queryEach(table, queried)));
  }
  yield told(`graph.${estate.size}.cpuPerNode`, walk / nodes, 'us');
  yield told(`graph.${estate.size}.cpuPerQuery`, query / queried, 'us');
  yield atMost(`graph.${estate.size}.cpuPerNodePerQuery`, walk / nodes / (query / queried), 'ratio', 0.1);
}

/** A CI with many below it, but not more than one answer takes. */
const largeStart = (estate: Estate): number => {
  let [best, most] = [0, 0];
  for (let n = planted; n < estate.size && n < planted + 2000; n += 7) {
    const count = levelsBelow(estate, n, 10, tooMany).reduce((sum, level) => sum + level, 0);
    if (count > most && count < tooMany) [best, most] = [n, count];
  }
  return best;
};

const queryEach = async (table: Table, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    await table.query({ pk: ofTenant(benchTenant, benchId(planted + n)), prefix: 'J#down#', limit: 100 });
  }
};

/** Microseconds, user and system, of all threads. */
const cpuOf = async (act: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};
