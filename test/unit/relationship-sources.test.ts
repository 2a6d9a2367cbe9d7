import { describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { startApp } from '../support/app.ts';
import { discovered } from '../support/import-records.ts';
import { relayed } from '../support/import-relay.ts';
import { rigTenant } from '../support/import-rig.ts';
import { estateOf } from '../support/import-state.ts';
import { shownOf, startUndoWorld } from '../support/undo-world.ts';

const at = (hour: number): string => `2026-05-04T0${hour}:00:00.000Z`;
const { assetKind: _none, ...bare } = discovered({ nativeKey: 'x', nature: 'virtual', ciClass: 'virtual-machine' });

const machine = (
  name: string,
  ciClass: DiscoveryRecord['ciClass'],
  more: Partial<DiscoveryRecord> = {},
): DiscoveryRecord => ({
  ...bare,
  ...(ciClass === undefined ? {} : { ciClass }),
  nativeKey: name,
  name,
  identifiers: [{ type: 'cloudId', value: `skyways/${name}` }],
  sections: { device: { name } },
  ...more,
});

/** A guest, as the list of one host names it. */
const onHost = (host: string, hour: number): DiscoveryRecord[] => [
  machine(host, 'cloud-resource', { observedAt: at(hour) }),
  machine(`guest of ${host}`, 'virtual-machine', {
    name: 'guest',
    identifiers: [{ type: 'cloudId', value: 'skyways/guest' }],
    sections: { device: { name: 'guest' } },
    observedAt: at(hour),
    relations: [{ type: 'runs on', direction: 'out', record: host }],
  }),
];

const world = () => {
  const undoWorld = startUndoWorld();
  const { rig, table, stream } = undoWorld;
  const app = startApp(table);
  let files = 0;
  const send = (source: string, ...records: DiscoveryRecord[]) => {
    files += 1;
    return rig.importRecords(
      source,
      `f${files}`,
      records.map((record, recordIndex) => ({ ...record, recordIndex })),
    );
  };
  const ciId = (name: string) =>
    estateOf(table.items()).cis.find(({ value }) => value.identifiers.some((one) => one.endsWith(`|skyways/${name}`)))
      ?.value.ciId ?? '';
  const hosts = () =>
    estateOf(table.items())
      .relationships.filter(({ value }) => value.type === 'runs on' && value.validTo === undefined)
      .map(({ value }) => (value.to === ciId('a') ? 'a' : 'b'))
      .sort();
  const call = (name: Parameters<typeof app.call>[0], request: Parameters<typeof app.call>[1]) =>
    app.call(name, { ...request, tenant: rigTenant });
  const relay = () => relayed(table as never, stream.splice(0));
  return { ...undoWorld, send, ciId, hosts, call, relay };
};

describe('a machine that runs on one host only', () => {
  it.each([
    ['in the order of time', [1, 2]],
    ['later first', [2, 1]],
  ])('is where its source saw it last: %s', async (_name, hours) => {
    const { send, hosts, undo, table } = world();
    for (const hour of hours) await send('agents', ...onHost(hour === 1 ? 'a' : 'b', hour));
    expect(hosts()).toEqual(['b']);
    const before = shownOf(table.items());
    const { run } = await send('agents', ...onHost('a', 3));
    expect(hosts()).toEqual(['a']);
    expect((await undo(run.runId)).body.status).toBe('completed');
    expect(shownOf(table.items())).toEqual(before);
  });

  it('stays where a person has put it, and is said to be elsewhere by another source beside that of the first', async () => {
    const { send, hosts, ciId, call } = world();
    await send('agents', ...onHost('a', 1));
    await send('cloud', ...onHost('b', 2));
    expect(hosts()).toEqual(['a', 'b']);
    const body = { type: 'runs on', from: ciId('guest'), to: ciId('a') };
    expect((await call('createRelationship', { body })).status).toBe(201);
    await send('agents', ...onHost('b', 4));
    expect(hosts()).toEqual(['a', 'b']);
  });

  it('stays where a person has put it', async () => {
    const { send, hosts, ciId, call } = world();
    await send('agents', machine('a', 'cloud-resource'), ...onHost('b', 1));
    const body = { type: 'runs on', from: ciId('guest'), to: ciId('a') };
    expect((await call('createRelationship', { body })).status).toBe(409);
    expect((await call('createRelationship', { body: { ...body, replace: true } })).status).toBe(201);
    expect(hosts()).toEqual(['a']);
    await send('agents', ...onHost('b', 5).map((record) => ({ ...record, sections: { device: { name: 'renamed' } } })));
    expect(hosts()).toEqual(['a']);
  });
});

describe('a machine that its source says was deleted', () => {
  const gone = (name: string, hour: number): DiscoveryRecord => {
    const { name: _name, relations: _relations, ...rest } = machine(name, 'virtual-machine');
    return { ...rest, action: 'delete', sections: {}, observedAt: at(hour) };
  };

  it('takes its relationships along, and gets them back when the run is undone or it is seen again', async () => {
    const { send, ciId, call, relay, table, undo } = world();
    await send('agents', machine('vm', 'virtual-machine', { observedAt: at(1) }));
    const service = await call('createCi', { body: { class: 'business-service', name: 'Booking' } });
    const group = await call('createCi', { body: { class: 'network', name: 'Crew net' } });
    for (const [type, to] of [
      ['member of', group.body.ciId],
      ['used by', service.body.ciId],
    ]) {
      expect((await call('createRelationship', { body: { type, from: ciId('vm'), to } })).status).toBe(201);
    }
    await relay();
    const open = () =>
      estateOf(table.items())
        .relationships.filter(({ value }) => value.validTo === undefined)
        .map(({ value }) => value.type)
        .sort();
    const { run } = await send('agents', gone('vm', 2));
    await relay();
    expect(open()).toEqual(['depends on']);
    await undo(run.runId);
    await relay();
    await relay();
    expect(open()).toEqual(['depends on', 'member of']);
    await send('agents', gone('vm', 3));
    await relay();
    expect(open()).toEqual(['depends on']);
    await send('agents', machine('vm', 'virtual-machine', { observedAt: at(4) }));
    await relay();
    expect(open()).toEqual(['depends on', 'member of']);
  });
});
