import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { PublishedEvent } from '../../functions/bus/event-bus.ts';
import { startApp } from './app.ts';
import { agentJson } from './import-fleet.ts';
import { discovered } from './import-records.ts';
import { relayed, tableWithStream } from './import-relay.ts';
import { importRig } from './import-rig.ts';

export const mac = 'a4:bb:6d:00:09:01';

/** A host as a scan of the network sees it. */
export const host = (more: Partial<DiscoveryRecord> = {}): DiscoveryRecord => {
  const { assetKind: _kind, ...plain } = discovered();
  return {
    ...plain,
    nativeKey: `mac:${mac}`,
    partial: true,
    nature: 'unknown',
    ciClass: 'unmanaged',
    name: 'espresso',
    identifiers: [
      { type: 'mac', value: mac },
      { type: 'ip', value: '10.20.1.7' },
    ],
    sections: {},
    observedAt: '2026-11-20T06:00:00.000Z',
    seenAt: [{ device: 'sw-arn-1', port: 'Gi1/0/7' }],
    ...more,
  };
};

export const named = (value: string) => ({ type: 'hostname' as const, value });
export const fqdn = (name: string) => ({ type: 'fqdn' as const, value: `${name}.corp.skyways.example` });
export const at = (value: string) => ({ type: 'ip' as const, value });
export const own = (value: string) => ({ type: 'mac' as const, value });
export const crewLaptop = agentJson({
  name: 'crew-lt-1',
  serial: 'UNK00009',
  macs: ['a4:bb:6d:00:0b:01'],
  ips: ['10.20.1.50'],
});

export const world = () => {
  const { table, stream } = tableWithStream();
  const app = startApp(
    table,
    (requests) => Date.parse('2026-11-21T00:00:00.000Z') - Date.parse('2026-01-01T00:00:00.000Z') + requests * 1000,
  );
  const rig = importRig(table, undefined, '2026-12-31T06:00:00.000Z');
  let files = 0;
  const scan = (records: DiscoveryRecord[], source = 'nmap') => {
    files += 1;
    return rig.importRecords(source, `s${files}`, records);
  };
  const rows = async (state?: string) =>
    (await app.call('listUnknownDevices', state === undefined ? {} : { query: { state } })).body.items;
  const decide = (unknownId: string, body: object) =>
    app.call('decideUnknownDevice', { path: { unknownId }, body: { reason: 'looked at it', ...body } });
  let told = 0;
  /** Runs the relay over what is new; gives the events of unknown devices. */
  const relay = async () => {
    const found: PublishedEvent[] = [];
    while (told < stream.length) {
      const changes = stream.slice(told);
      told = stream.length;
      found.push(...(await relayed(table, changes)).events);
    }
    return found
      .filter(({ type }) => type.startsWith('UnknownDevice'))
      .map(({ type, detail }) => [type, (detail.data as { detection?: string }).detection]);
  };
  return { ...app, rig, scan, rows, decide, relay };
};
export const on = (day: string) => ({ observedAt: `${day}T06:00:00.000Z` });
