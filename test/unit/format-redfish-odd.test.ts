import { describe, expect, it } from '@jest/globals';
import { redfish } from '../../functions/imports/formats/redfish/format.ts';
import { errorsOf, fixtureText, parseWith, recognised, recordsOf, refusalOf } from '../support/discovery-file.ts';

type Json = Record<string, unknown>;
const all = (): Json[] => JSON.parse(fixtureText('redfish/gate-server.json'));
const pick = (path: string): Json => all().find((one) => one['@odata.id'] === path) ?? {};
const system = (more: object = {}): Json => ({ ...pick('/redfish/v1/Systems/1'), ...more });
const read = async (content: unknown) => recordsOf(await parseWith(redfish, content));

describe('inspection of Ironic', () => {
  const inventory = {
    bmc_address: '10.61.8.20',
    hostname: 'gate-07',
    interfaces: [
      {
        name: 'eno1',
        mac_address: '90:e2:ba:42:00:07',
        ipv4_address: '10.60.8.20',
        has_carrier: true,
        lldp: [[1, '04']],
      },
      { name: 'lo', mac_address: '00:00:00:00:00:00', ipv4_address: '127.0.0.1' },
    ],
    system_vendor: {
      manufacturer: 'Berge',
      product_name: 'B-740',
      serial_number: 'BRG0047X',
      firmware: { version: '2.14' },
    },
    cpu: { model_name: 'Berge Xtra', count: 32, socket_count: 2 },
    memory: { physical_mb: 98304, total: 1 },
    disks: [{ name: '/dev/sda', size: 480103981056, model: 'Turbine', serial: 'SDA00001' }],
  };

  it.each([
    ['the answer', { inventory, plugin_data: { root_disk: {} } }],
    ['the inventory alone', inventory],
  ])('reads %s', async (_what, content) => {
    expect(recognised(content)).toBe('redfish');
    expect(await read(content)).toEqual([
      expect.objectContaining({
        nativeKey: 'serial:berge:brg0047x',
        ciClass: 'server',
        partial: false,
        sections: expect.objectContaining({ bmc: { address: '10.61.8.20' }, hardware: { memoryMb: 98304 } }),
        details: expect.objectContaining({ storages: [expect.objectContaining({ serial: 'SDA00001' })] }),
      }),
    ]);
    const [record] = await read(content);
    expect(record?.identifiers.filter(({ type }) => type === 'mac')).toEqual([
      { type: 'mac', value: '90:e2:ba:42:00:07' },
    ]);
  });
});

describe('what is no machine', () => {
  it.each([
    ['a service root', pick('/redfish/v1/'), /No machine is described/],
    ['a controller', pick('/redfish/v1/Managers/BMC'), /No machine is described/],
    [
      'a collection of links',
      { '@odata.id': '/redfish/v1/Systems', Members: [{ '@odata.id': '/redfish/v1/Systems/1' }] },
      /\$expand/,
    ],
  ])('refuses %s and says what to upload', async (_what, content, detail) => {
    expect(await refusalOf(redfish, content)).toMatchObject({
      code: 'no-usable-record',
      detail: expect.stringMatching(detail),
    });
  });

  it('names the place of broken JSON, and keeps the machines beside it', async () => {
    const parsed = await parseWith(redfish, `[${JSON.stringify(system())},\n{"@odata.id": }\n]`);
    expect(recordsOf(parsed)).toHaveLength(1);
    expect(errorsOf(parsed)).toEqual([expect.objectContaining({ line: 2, column: 15 })]);
    expect(await refusalOf(redfish, '[{"Members": ]')).toMatchObject({ code: 'json-syntax' });
  });

  it('survives depth, odd types and names that every object has', async () => {
    const odd = system({
      Links: 'none',
      MemorySummary: [],
      ProcessorSummary: null,
      HostName: {},
      __proto__: { a: 1 },
      constructor: 7,
    });
    expect(await read([odd])).toHaveLength(1);
    const deep = `${JSON.stringify([system()]).slice(0, -1)},${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}]`;
    expect(recordsOf(await parseWith(redfish, deep, { chunk: 65_536 }))).toHaveLength(1);
  });
});
