import { describe, expect, it } from '@jest/globals';
import { glpiJson } from '../../functions/imports/formats/glpi-json/format.ts';
import { mapGlpi } from '../../functions/imports/formats/glpi-json/map.ts';
import { context, fixture, keysOf, mainOf, only, read, recordsOf, valuesOf } from '../support/glpi-json.ts';

describe('detecting GLPI agent JSON', () => {
  it.each(['gate-laptop', 'gate-laptop-partial', 'hangar-server', 'crewplan-guest', 'apron-stack', 'crew-phone'])(
    'recognises %s by its beginning, with and without a byte order mark',
    (name) => {
      const head = fixture(name).slice(0, 65_536);
      expect(glpiJson.detect(head, context)).toBe(true);
      expect(glpiJson.detect(`\uFEFF${head}`, context)).toBe(true);
    },
  );

  it.each([
    ['CSV', 'Asset Tag,Serial,"content"\n1,2,3'],
    ['a list of lists', '[[{"content":{"bios":{}},"deviceid":"x"}]]'],
    ['AWS Config', '{"fileVersion":"1.0","configurationItems":[{"resourceType":"AWS::EC2::Instance"}]}'],
    ['JSON with some other content', '{"content":{"title":"Crew handbook"},"kind":"page"}'],
    ['XML', '<?xml version="1.0"?><REQUEST><CONTENT><DEVICEID>x</DEVICEID></CONTENT></REQUEST>'],
  ])('leaves %s to others', (_what, head) => {
    expect(glpiJson.detect(head, context)).toBe(false);
  });
});

describe('a physical computer', () => {
  it('becomes one record with asset and CI, keyed by vendor and serial', async () => {
    const [main] = await read('gate-laptop');
    expect(main).toMatchObject({
      recordIndex: 0,
      nativeKey: 'serial:dell:7skyw42',
      half: 'discovery',
      action: 'upsert',
      partial: false,
      nature: 'physical',
      ciClass: 'computer',
      assetKind: 'hardware',
      name: 'GATE-B12',
      observedAt: '2026-05-04T06:15:30.000Z',
      warnings: [],
    });
    expect(main?.relations).toBeUndefined();
    expect(main?.identifiers).toEqual(
      expect.arrayContaining([
        { type: 'serial', value: '7SKYW42', qualifier: 'Dell Inc.' },
        { type: 'boardSerial', value: '/7SKYW42/CNWS0001/', qualifier: 'Dell Inc.' },
        { type: 'uuid', value: '4C4C4544-0053-4B10-8059-B7C04F573432' },
        { type: 'assetTag', value: 'SKY-004711' },
        { type: 'fqdn', value: 'gate-b12.skyways.example' },
        { type: 'hostname', value: 'GATE-B12' },
      ]),
    );
    expect(valuesOf(main, 'sshHostKey')).toHaveLength(1);
    expect(valuesOf(main, 'machineId')).toEqual([]);
  });

  it('names hardware by real interfaces only, once each, built-in before USB', async () => {
    const [main] = await read('gate-laptop');
    expect(valuesOf(main, 'mac')).toEqual(['a4:bb:6d:10:20:30', '00:e0:4c:11:22:33']);
    expect(valuesOf(main, 'ip')).toEqual(['10.20.8.41', '10.20.4.77']);
    expect(main?.sections.network).toEqual({
      ipAddresses: ['10.20.8.41', '10.20.4.77'],
      primaryMac: 'a4:bb:6d:10:20:30',
      defaultGateway: '10.20.4.1',
    });
  });

  it('believes names where an agent flags every interface as virtual', () => {
    const networks = [
      { description: 'lo0', virtualdev: '1', macaddr: '00:00:00:00:00:00' },
      { description: 'en0', virtualdev: '1', macaddr: '0C:4D:E9:00:00:01' },
    ];
    expect(valuesOf(mainOf({ content: { hardware: { name: 'desk-1' }, networks } }), 'mac')).toEqual([
      '0c:4d:e9:00:00:01',
    ]);
    const mixed = [...networks, { description: 'en1', virtualdev: false, macaddr: '0C:4D:E9:00:00:02' }];
    const marked = mainOf({ content: { hardware: { name: 'desk-1' }, networks: mixed } });
    expect(valuesOf(marked, 'mac')).toEqual(['0c:4d:e9:00:00:02']);
  });

  it('shows small facts in sections and keeps lists as details, without what changes by itself', async () => {
    const [main] = await read('gate-laptop');
    expect(main?.sections).toMatchObject({
      bios: { manufacturer: 'Dell Inc.', model: 'Latitude 5440', serial: '7SKYW42', assetTag: 'SKY-004711' },
      hardware: { chassisType: 'Notebook', memoryMb: 16384, domain: 'skyways.example' },
      cpu: { name: 'Intel(R) Core(TM) i5-1345U', sockets: 1, cores: 10 },
      os: {
        osName: 'Microsoft Windows 11 Enterprise',
        osVersion: '23H2',
        osArch: '64-bit',
        kernelVersion: '10.0.22631',
      },
      agent: { version: 'GLPI-Agent_v1.7', tag: 'gate' },
    });
    expect(JSON.stringify(main?.sections).length).toBeLessThan(750);
    expect(main?.details?.software).toHaveLength(2);
    expect(main?.details?.volumes).toEqual([{ filesystem: 'ntfs', letter: 'C:', total: 243000, volumn: 'System' }]);
    expect(main?.details?.batteries).toEqual([{ capacity: 54000, chemistry: 'Li-ion', serial: 'B-9917' }]);
    const all = JSON.stringify(main);
    for (const word of [
      'boot_time',
      '05:58:01',
      'Mon May 4',
      'gate.exe',
      'not-for-the-record',
      'AAAAA-BBBBB',
      'skyways-crew',
    ]) {
      expect(fixture('gate-laptop')).toContain(word);
      expect(all).not.toContain(word);
    }
  });

  it('gives the same record when only volatile facts, row order and field order differ', async () => {
    const document = JSON.parse(fixture('gate-laptop'));
    const [before] = recordsOf(mapGlpi(document));
    const { content } = document;
    content.drives[0].free = 1;
    content.operatingsystem.boot_time = '2026-05-05 01:00:00';
    content.hardware.datelastloggeduser = 'Tue May 5 01:01';
    content.networks[2].status = 'down';
    content.softwares.reverse();
    content.softwares = content.softwares.map((row: object) => Object.fromEntries(Object.entries(row).reverse()));
    expect(JSON.stringify(mainOf(document))).toBe(JSON.stringify(before));
    content.softwares[0].version = '99';
    expect(JSON.stringify(mainOf(document))).not.toBe(JSON.stringify(before));
  });

  it('makes assets of monitors and local printers that have a serial, attached to the machine', async () => {
    const related = (await read('gate-laptop')).slice(1);
    expect(keysOf(related)).toEqual(['serial:berge-displays:bd24x00817', 'serial::tp80-55120']);
    expect(related.map(({ ciClass, assetKind, recordIndex }) => [ciClass, assetKind, recordIndex])).toEqual([
      ['peripheral', 'hardware', 1],
      ['printer', 'hardware', 2],
    ]);
    for (const { relations } of related) {
      expect(relations).toEqual([{ type: 'attached to', direction: 'out', record: 'serial:dell:7skyw42' }]);
    }
  });
});

describe('a partial file', () => {
  it('has the key of the full one and only the sections it carries', async () => {
    const [full] = await read('gate-laptop');
    const partial = only(await read('gate-laptop-partial'));
    expect(partial.nativeKey).toBe(full?.nativeKey);
    expect(partial.partial).toBe(true);
    expect(Object.keys(partial.sections)).toEqual(['bios', 'hardware', 'agent']);
    expect(Object.keys(partial.details ?? {})).toEqual(['software']);
  });

  it('is keyed alike when the full file has no serial but a UUID, in either byte order', () => {
    const hardware = { name: 'kiosk-1', uuid: '11223344-5566-7788-99AA-BBCCDDEEFF01' };
    const swapped = { ...hardware, uuid: '44332211-6655-8877-99aa-bbccddeeff01' };
    const full = mainOf({ content: { bios: { ssn: 'Default string' }, hardware } });
    expect(mainOf({ content: { hardware: swapped }, partial: 'true' })).toMatchObject({
      nativeKey: full.nativeKey,
      partial: true,
    });
    expect(full.nativeKey).toMatch(/^uuid:[\da-f]{32}$/);
  });

  it('says that a list is empty now when it carries an empty one', () => {
    const { details } = mainOf({ content: { bios: { ssn: 'SKY77001' }, softwares: [] }, partial: true });
    expect(details).toEqual({ software: [] });
  });

  it('is what a network discovery gives', () => {
    const content = {
      network_device: { dnshostname: '10.0.0.9', snmphostname: 'ptr-9', type: 'PRINTER', ip: '10.0.0.9' },
    };
    const main = mainOf({ action: 'netdiscovery', deviceid: 'probe-1', content });
    expect(main).toMatchObject({
      ciClass: 'printer',
      partial: true,
      name: 'ptr-9',
      nativeKey: 'deviceid:probe-1/ptr-9',
    });
    expect(only(main.warnings).code).toBe('weak-identity');
  });
});
