import type { ObjectStore } from '../../functions/objects/object-store.ts';
import type { Table } from '../../functions/store/table.ts';
import type { OperationName, Request } from './app.ts';
import { startApp } from './app.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';
import { withHistory } from './with-history.ts';

/** The API with a relay that never lags, and short ways to make and read what Skyways flies. */
export const startFleet = <T extends Table = MemoryTable>(
  table: T = memoryTable() as unknown as T,
  millisecondsAt?: (requests: number) => number,
  data?: ObjectStore,
) => {
  const app = startApp(withHistory(table), millisecondsAt, data);
  /** The body of an answer that must be a good one. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers by their field names
  const ask = async (name: OperationName, request: Request = {}): Promise<any> => {
    const { status, body } = await app.call(name, request);
    if (status >= 300) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const ci = async (name: string, ciClass = 'server'): Promise<string> =>
    (await ask('createCi', { body: { class: ciClass, name } })).ciId;
  const asset = async (body: object = {}): Promise<string> => (await ask('createAsset', { body })).assetId;
  const bind = (assetId: string, ciId: string) => ask('createBinding', { body: { assetId, ciId } });
  const relate = (from: string, type: string, to: string) => ask('createRelationship', { body: { from, type, to } });
  const swap = (ciId: string, body: object, query?: Record<string, string>) =>
    app.call('swapAsset', {
      path: { ciId },
      body: { outgoingAssetTo: 'in-stock', reason: 'A-check', ...body },
      ...(query === undefined ? {} : { query }),
    });
  const revert = (ciId: string, body: object = {}) =>
    app.call('revertSwap', { path: { ciId }, body: { reason: 'wrong tail', ...body } });
  const getAsset = (assetId: string, query: Record<string, string> = {}) =>
    ask('getAsset', { path: { assetId }, query });
  const getCi = (ciId: string, query: Record<string, string> = {}) => ask('getCi', { path: { ciId }, query });
  const bindings = async (ciId: string, query: Record<string, string> = {}) =>
    (await ask('listCiBindings', { path: { ciId }, query })).items;
  return { ...app, ask, ci, asset, bind, relate, swap, revert, getAsset, getCi, bindings };
};

export const cost = (minor: number) => ({ minor, currency: 'EUR' });

/** Flight 12 on airframe OY-KAA, with OY-KBB at hand. */
export const flightTwelve = async () => {
  const fleet = startFleet();
  const ciId = await fleet.ci('flight-12');
  const first = await fleet.asset({
    serial: 'OY-KAA',
    holder: 'Crew A',
    location: 'Gate 7',
    costCentre: 'OPS',
    purchaseCost: cost(100_000),
    warrantyEnd: '2027-01-31',
  });
  const second = await fleet.asset({ serial: 'OY-KBB', location: 'Hangar 3', purchaseCost: cost(130_000) });
  await fleet.bind(first, ciId);
  await fleet.ask('transitionAsset', { path: { assetId: first }, body: { to: 'deployed' } });
  return { ...fleet, ciId, first, second };
};
