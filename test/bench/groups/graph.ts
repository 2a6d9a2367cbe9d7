import type { Table } from '../../../functions/store/table.ts';
import { startApp } from '../../support/app.ts';
import { atMost, type Metric, told } from '../metric.ts';
import { measureCpu } from './graph-cpu.ts';
import { benchId, benchTenant, type Estate, growEstate, levelsBelow, planted } from './graph-estate.ts';
import { startTables } from './graph-table.ts';
import { measureReads, measureWrites } from './graph-units.ts';

const sizes = [10_000, 100_000];
const starts = 40;
const depth = 10;
/** What one answer takes: larger walks are cut, and left out of the ratios. */
const mostNodes = 5000;

type Cost = { nodes: number; roundTrips: number; readUnits: number };

/**
 * Impact over layered graphs with skewed targets, three edges per CI, through the API on DynamoDB's own protocol: exact counts of round trips and
 * read units, and CPU against one SDK Query per node in the same run. `--cis N` puts a graph of N in the place of the larger one; what is
 * compared is the same affected set of 100 CIs in the smaller and the larger graph.
 */
export async function* measureGraph({ cis }: { cis?: string | undefined } = {}): AsyncGenerator<Metric> {
  const tables = await startTables();
  try {
    const same: Cost[] = [];
    for (const size of cis === undefined ? sizes : [sizes[0] ?? 0, Number(cis)]) {
      const estate = growEstate(size);
      const table = await tables.graphTable(estate);
      yield told(`graph.${size}.edges`, estate.dependants.length, 'count');
      yield* measureWalks(estate, table);
      yield* measureCpu(estate, table);
      same.push(await impactOf(table, 0));
    }
    yield* compare(same);
    const whole = await tables.wholeTable();
    yield* measureReads(whole);
    yield* measureWrites(whole);
  } finally {
    await tables.stop();
  }
}

/** Starts spread over all CIs but the planted ones, and the ten that carry most. */
async function* measureWalks(estate: Estate, table: Table): AsyncGenerator<Metric> {
  const degree = (n: number) => (estate.starts[n + 1] ?? 0) - (estate.starts[n] ?? 0);
  const all = Array.from({ length: estate.size - planted }, (_, n) => n + planted);
  const spread = Array.from({ length: starts }, (_, n) => all[Math.floor((n * all.length) / starts)] ?? 0);
  const heaviest = [...all].sort((a, b) => degree(b) - degree(a)).slice(0, 10);
  const total = { nodes: 0, roundTrips: 0, readUnits: 0, least: 0, largest: 0 };
  for (const root of [...spread, ...heaviest]) {
    const { nodes, roundTrips, readUnits } = await impactOf(table, root);
    const levels = levelsBelow(estate, root, depth, mostNodes);
    if (levels.reduce((sum, count) => sum + count, 0) !== nodes) continue;
    total.nodes += nodes;
    total.roundTrips += roundTrips;
    total.readUnits += readUnits;
    total.least += levels.reduce((sum, count) => sum + Math.ceil(count / 100), 0);
    total.largest = Math.max(total.largest, nodes);
  }
  yield told(`graph.${estate.size}.nodes`, total.nodes, 'count');
  yield told(`graph.${estate.size}.largestWalk`, total.largest, 'count');
  yield atMost(`graph.${estate.size}.roundTripsPerLeast`, total.roundTrips / total.least, 'ratio', 2);
  yield atMost(`graph.${estate.size}.readUnitsPerNode`, total.readUnits / total.nodes, 'units', 0.75);
}

function* compare([small, large]: readonly Cost[]): Generator<Metric> {
  if (small === undefined || large === undefined) throw new Error('two graphs are compared');
  if (small.nodes !== planted || large.nodes !== planted) throw new Error('the affected set is not the same');
  yield atMost('graph.growth.roundTrips', large.roundTrips / small.roundTrips, 'ratio', 1.2);
  yield atMost('graph.growth.readUnits', large.readUnits / small.readUnits, 'ratio', 1.2);
}

const impactOf = async (table: Table, root: number): Promise<Cost> => {
  const { call } = startApp(table);
  const request = { path: { ciId: benchId(root) }, query: { depth: String(depth) }, tenant: benchTenant };
  const { status, body } = await call('getImpact', request);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.cost;
};
