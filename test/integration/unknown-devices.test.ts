import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { startApp } from '../support/app.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { agentJson } from '../support/import-fleet.ts';
import { discovered } from '../support/import-records.ts';
import { importRig } from '../support/import-rig.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const mac = 'a4:bb:6d:00:0c:01';
const { assetKind: _kind, ...plain } = discovered();
const host: DiscoveryRecord = {
  ...plain,
  ...{
    nativeKey: `mac:${mac}`,
    partial: true,
    nature: 'unknown',
    ciClass: 'unmanaged',
    name: 'espresso',
    sections: {},
  },
  identifiers: [
    { type: 'mac', value: mac },
    { type: 'hostname', value: 'espresso' },
  ],
};

const world = async () => {
  const table = await dynamo.emptyTable();
  const app = startApp(
    table,
    (n) => Date.parse('2026-11-23T00:00:00.000Z') - Date.parse('2026-01-01T00:00:00.000Z') + n * 1000,
  );
  return { ...app, rig: importRig(table) };
};

describe('on DynamoDB', () => {
  it('an unknown device gets one row, is found by its state, and becomes an asset with its CI', async () => {
    const { rig, call } = await world();
    await rig.importRecords('nmap', 'a', [host]);
    await rig.importRecords('lldp', 'b', [host]);
    const { items } = (await call('listUnknownDevices', { query: { state: 'open' } })).body;
    expect(items).toMatchObject([
      { key: { type: 'mac', value: mac }, seenAt: [{ source: 'lldp' }, { source: 'nmap' }] },
    ]);
    const body = { decision: 'convert', reason: 'ours', assetTag: 'SKY-901' };
    const decided = await call('decideUnknownDevice', { path: { unknownId: items[0].unknownId }, body });
    expect(decided).toMatchObject({ status: 200, body: { state: 'converted' } });
    const { matches } = (await call('lookUp', { query: { mac } })).body;
    expect(matches).toEqual([{ assetId: decided.body.assetId, ciId: decided.body.ciId }]);
    const { records } = await rig.importRecords('nmap', 'c', [host]);
    expect(records[0]).toMatchObject({ outcome: 'linked', assetId: decided.body.assetId });
  });
  it('a lost asset that reports again is listed with where it was seen', async () => {
    const { rig, call } = await world();
    const machine = agentJson({ name: 'sky-lt-1', serial: 'LOSTDB01', macs: [mac] });
    const { records } = await rig.importFile('agents', 'a', machine);
    const assetId = records[0]?.assetId ?? '';
    await call('transitionAsset', { path: { assetId }, body: { to: 'stolen' } });
    const { run } = await rig.importFile('agents', 'b', machine, {}, '2026-11-30T06:00:00.000Z');
    expect(run.counts.unchanged).toBe(1);
    const { items } = (await call('listAssetSightings', { path: { assetId } })).body;
    expect(items).toMatchObject([{ assetId, status: 'stolen', source: 'agents', runId: run.runId }]);
  });
  it('sources are listed with their last run', async () => {
    const { rig, call } = await world();
    const { run } = await rig.importFile('agents', 'a', agentJson({ name: 'sky-lt-2', serial: 'LOSTDB02' }));
    const { items } = (await call('listSources')).body;
    expect(items).toMatchObject([{ source: 'agents', version: 1, lastRun: { runId: run.runId, status: 'completed' } }]);
  });
});
