import { keepAdjacency } from '../../../functions/relay/adjacency.ts';
import type { Table } from '../../../functions/store/table.ts';
import { startApp } from '../../support/app.ts';
import { ciItem, edgeItem } from '../../support/graph-table.ts';
import { ciNumber, testEdge } from '../../support/graph-world.ts';
import { atMost, type Metric } from '../metric.ts';

type Spent = { roundTrips: number; readUnits: number; writeUnits: number };

/** One thing by its id, and by an identifier, when the function is warm. */
export async function* measureReads(table: Table): AsyncGenerator<Metric> {
  const { call } = startApp(table);
  const { ciId } = (await call('createCi', { body: { class: 'server', name: 'crew1' } })).body;
  const { assetId } = (await call('createAsset', { body: { serial: 'SRV-0042' } })).body;
  await call('getCi', { path: { ciId } });
  yield* bothAtMost('graph.ciById', await spentBy(table, () => call('getCi', { path: { ciId } })), 1, 0.5);
  yield* bothAtMost('graph.assetById', await spentBy(table, () => call('getAsset', { path: { assetId } })), 1, 0.5);
  const lookUp = () => call('lookUp', { query: { serial: 'SRV-0042' } });
  yield* bothAtMost('graph.byIdentifier', await spentBy(table, lookUp), 2, 1);
}

/** What the relay writes for new edges: 200 CIs with three each, in batches of the stream; then the same records once more. */
export async function* measureWrites(table: Table): AsyncGenerator<Metric> {
  const ids = Array.from({ length: 200 }, (_, n) => ciNumber(n));
  await table.writeEach(ids.map((ciId) => ({ put: ciItem(ciId, 'bench'), expect: 'any' })));
  const edges = ids.flatMap((from, n) =>
    [1, 7, 31].map((step) => testEdge(from, 'depends on', ids[(n + step) % 200] ?? '')),
  );
  await table.writeEach(edges.map((edge) => ({ put: edgeItem(edge), expect: 'any' })));
  const records = edges.map((edge) => ({ before: undefined, after: edgeItem(edge) }));
  const relay = async () => {
    for (let n = 0; n < records.length; n += 100) await keepAdjacency(table, records.slice(n, n + 100));
  };
  yield atMost('graph.relay.writeUnitsPerEdge', (await spentBy(table, relay)).writeUnits / edges.length, 'units', 2.5);
  yield atMost('graph.relay.writeUnitsPerReplay', (await spentBy(table, relay)).writeUnits / edges.length, 'units', 0);
}

function* bothAtMost(name: string, spent: Spent, roundTrips: number, readUnits: number): Generator<Metric> {
  yield atMost(`${name}.roundTrips`, spent.roundTrips, 'count', roundTrips);
  yield atMost(`${name}.readUnits`, spent.readUnits, 'units', readUnits);
}

const spentBy = async (table: Table, act: () => Promise<unknown>): Promise<Spent> => {
  const before = { ...table.meter };
  await act();
  return {
    roundTrips: table.meter.roundTrips - before.roundTrips,
    readUnits: table.meter.readUnits - before.readUnits,
    writeUnits: table.meter.writeUnits - before.writeUnits,
  };
};
