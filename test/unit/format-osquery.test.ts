import { describe, expect, it } from '@jest/globals';
import { chooseFormat } from '../support/formats.ts';
import { parseWith, problemWith, uploadOf } from '../support/parse-format.ts';

const lines = (...rows: unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const system = {
  hostname: 'sky-lt-9.skyways.example',
  uuid: '392547DC-0000-4000-8000-D7A01FFC65DF',
  cpu_brand: 'Quick 7',
  cpu_physical_cores: '8',
  physical_memory: '17179869184',
  hardware_vendor: 'Berge Inc.',
  hardware_model: 'Runway 14 \u0000',
  hardware_serial: 'SKYW977',
};
const line = (name: string, more: Record<string, unknown>) => ({
  name,
  hostIdentifier: 'sky-lt-9',
  calendarTime: 'Tue Nov 10 10:00:00 2026 UTC',
  unixTime: 1794304800,
  ...more,
});
const software = line('pack/inventory/programs', {
  action: 'snapshot',
  snapshot: [
    { name: 'Pilot', version: '2', publisher: 'Skyways' },
    { name: 'Browser', version: '1' },
  ],
});
const log = lines(
  line('pack_inventory_system_info', { action: 'added', columns: system, decorations: { hostname: 'sky-lt-9' } }),
  line('pack/inventory/interface_details', {
    action: 'snapshot',
    snapshot: [{ interface: 'en0', mac: '3C:22:FB:00:00:02' }],
  }),
  software,
);
const first = async (content: string) => {
  const [one] = await parseWith('osquery', content);
  if (one === undefined || !('record' in one)) throw new Error('no record');
  return one.record;
};

describe('result logs of osquery', () => {
  it('become one partial record a host, made of all its lines', async () => {
    expect(chooseFormat(log, uploadOf('x'), undefined).name).toBe('osquery');
    const found = await parseWith('osquery', log);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      record: {
        nativeKey: 'host:sky-lt-9',
        partial: true,
        nature: 'physical',
        observedAt: '2026-11-10T10:00:00.000Z',
        identifiers: expect.arrayContaining([
          { type: 'serial', value: 'SKYW977', qualifier: 'Berge Inc.' },
          { type: 'uuid', value: system.uuid },
          { type: 'mac', value: '3c:22:fb:00:00:02' },
        ]),
        sections: { bios: { model: 'Runway 14' }, hardware: { memoryMb: 16384 }, cpu: { name: 'Quick 7', cores: 8 } },
        details: {
          software: [
            { name: 'Browser', version: '1' },
            { name: 'Pilot', version: '2', publisher: 'Skyways' },
          ],
        },
      },
    });
  });
  it('use the last snapshot of a list, and of changes only tables of one row', async () => {
    const changed = line('programs', { action: 'added', columns: { name: 'Game', version: '1', publisher: 'x' } });
    const removed = line('system_info', { action: 'removed', columns: { ...system, hardware_serial: 'OLD1234' } });
    const later = line('programs', { action: 'snapshot', snapshot: [{ name: 'Pilot', version: '3' }] });
    const record = await first([log, lines(changed, removed, later)].join('\n'));
    expect(record.details?.software).toEqual([{ name: 'Pilot', version: '3' }]);
    expect(record.identifiers).toContainEqual({ type: 'serial', value: 'SKYW977', qualifier: 'Berge Inc.' });
    expect(record.warnings).toContainEqual(expect.objectContaining({ code: 'changes-only' }));
  });
  it('make nothing of a host whose system_info was not asked for', async () => {
    const record = await first(lines(software));
    expect(record).toMatchObject({ nature: 'unknown', identifiers: [{ type: 'hostname', value: 'sky-lt-9' }] });
    expect(record).not.toHaveProperty('assetKind');
    expect(record).not.toHaveProperty('ciClass');
  });
  it('may hold rows of several queries, batches, guests, and lines that name no host', async () => {
    const mixed = line('inventory', {
      action: 'snapshot',
      snapshot: [
        { ...system, hardware_model: 'VMware7,1', table_name: 'system_info' },
        { name: 'Debian GNU/Linux', major: '12', minor: '5', patch: '0', table_name: 'os_version' },
      ],
    });
    const batch = {
      name: 'os_version',
      hostIdentifier: 'b',
      diffResults: { added: [{ name: 'Ubuntu', version: '24.04', platform_like: 'debian' }] },
    };
    const found = await parseWith('osquery', lines(mixed, batch, { name: 'x', snapshot: [] }));
    expect(found).toMatchObject([
      { fault: { line: 3 } },
      { record: { nature: 'virtual', sections: { os: { osName: 'Debian GNU/Linux', osVersion: '12.5.0' } } } },
      { record: { sections: { os: { osName: 'Ubuntu', osVersion: '24.04' } } } },
    ]);
  });
  it('pass over what osqueryd says of itself, and queries that are called like a table', async () => {
    const status = { hostIdentifier: 'x', unixTime: '1646258574', severity: '0', message: 'schedule executed' };
    const processes = line('system_info', { action: 'added', columns: { name: 'migration/0', cmdline: '', pid: '1' } });
    const found = await parseWith('osquery', lines(status, processes));
    expect(found).toMatchObject([{ record: { nativeKey: 'host:sky-lt-9', nature: 'unknown', sections: {} } }]);
  });
  it('keep a broken line from the others, and are refused when nothing is in them', async () => {
    const found = await parseWith(
      'osquery',
      `${lines(software)}\n{"name": oops}\n${lines({ ...software, hostIdentifier: 'c' })}`,
    );
    expect(found.map((one) => 'record' in one)).toEqual([false, true, true]);
    expect((await problemWith('osquery', '{"hostIdentifier": 5'))?.code).toBe('json-syntax');
    expect((await problemWith('osquery', '[{"osquery_version":null,"hostname":null}]'))?.code).toBe('no-usable-record');
  });
  it('hold at most 500 hosts: the oldest gives way', async () => {
    const many = Array.from({ length: 600 }, (_, n) => ({ ...software, hostIdentifier: `h${n}` }));
    expect(await parseWith('osquery', lines(...many, ...many.slice(590)))).toHaveLength(600);
  });
});

describe('hosts of Fleet and rows of osqueryi', () => {
  const host = {
    id: 7,
    hostname: 'sky-lt-9',
    uuid: system.uuid,
    osquery_version: '5.9.1',
    os_version: 'macOS 14.1.2',
    memory: 17179869184,
    hardware_vendor: 'Berge Inc.',
    hardware_model: 'Runway 14',
    hardware_serial: 'SKYW977',
    primary_mac: '3c:22:fb:00:00:01',
    primary_ip: '10.1.2.3',
    seen_time: '2026-11-01T00:00:00Z',
    software: [{ name: 'Pilot', version: '1', vendor: 'Skyways' }],
  };
  it.each([
    ['a list', JSON.stringify({ hosts: [host] })],
    ['one', JSON.stringify({ host })],
    ['fleetctl', JSON.stringify({ apiVersion: 'v1', kind: 'host', spec: host })],
    ['pages', JSON.stringify([{ hosts: [host] }])],
  ])('are read from %s', async (_what, content) => {
    expect(chooseFormat(content, uploadOf('x'), undefined).name).toBe('osquery');
    expect(await first(content)).toMatchObject({
      nativeKey: `host:${system.uuid.toLowerCase()}`,
      observedAt: '2026-11-01T00:00:00.000Z',
      sections: { os: { osName: 'macOS', osVersion: '14.1.2' }, network: { ipAddresses: ['10.1.2.3'] } },
      details: { software: [{ name: 'Pilot', version: '1', publisher: 'Skyways' }] },
    });
  });
  it('are read from rows that osqueryi prints', async () => {
    const content = JSON.stringify([system]);
    expect(chooseFormat(content, uploadOf('x'), undefined).name).toBe('osquery');
    expect(await first(content)).toMatchObject({ name: 'sky-lt-9.skyways.example' });
  });
});
