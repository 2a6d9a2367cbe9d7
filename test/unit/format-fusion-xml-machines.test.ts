import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { toIsoDate } from '../../functions/imports/formats/fusion-xml/to-iso-date.ts';
import { mapGlpi } from '../../functions/imports/formats/glpi-json/map.ts';
import { fixture, machine, parse, read, readMachine, toXml } from '../support/fusion-xml.ts';
import { fixture as jsonFixture, only, recordsOf, valuesOf } from '../support/glpi-json.ts';

describe('a machine of a FusionInventory or Rudder agent', () => {
  it('becomes the record that GLPI JSON gives', async () => {
    const [main, guest] = await read('ops-desk.ocs');
    expect(main).toMatchObject({
      nativeKey: 'serial:dell:9skyw77',
      partial: false,
      nature: 'physical',
      ciClass: 'server',
      assetKind: 'hardware',
      name: 'ops-1',
      observedAt: '2026-05-04T06:15:30.000Z',
      warnings: [],
      sections: {
        bios: { manufacturer: 'Dell Inc.', model: 'PowerEdge R650', serial: '9SKYW77', biosVersion: '2.14.0' },
        cpu: { name: 'Xeon <Gold> & friends', sockets: 2, cores: 32 },
        hardware: { chassisType: 'Rack Mount Chassis', memoryMb: 131_072 },
        os: { osName: 'Debian GNU/Linux 12 (bookworm)', osVersion: '12.5', kernelVersion: '6.1.0-20-amd64' },
        agent: { version: 'FusionInventory-Agent_v2.6' },
      },
    });
    expect(valuesOf(main, 'mac')).toEqual(['e4:43:4b:10:20:30', 'e4:43:4b:10:20:31']);
    expect(valuesOf(main, 'assetTag')).toEqual([]);
    expect(valuesOf(main, 'fqdn')).toEqual(['ops-1.skyways.example']);
    expect(guest).toMatchObject({
      nativeKey: 'vm:1b6a0d6e52f44d3c9be02e8f7a6c5d41',
      relations: [{ type: 'runs on', record: 'serial:dell:9skyw77' }],
    });
  });

  it('keeps lists in the words and types of GLPI JSON, equal software once', async () => {
    const [main] = await read('ops-desk.ocs');
    expect(main?.details?.software).toEqual([
      { arch: 'all', install_date: '2026-02-04', name: 'crew-roster', version: '4.2-1' },
      { name: 'départs', version: '1.0' },
    ]);
    expect(main?.details?.storages).toEqual([{ disksize: 480_000, model: 'SSD', serial: 'SKYDISK01' }]);
    expect(main?.details?.volumes).toEqual([{ total: 20_480, volumn: '/dev/sda1' }]);
    expect(main?.details?.interfaces).toContainEqual({
      description: 'eno1',
      ipaddress: '10.20.1.40',
      mac: 'E4:43:4B:10:20:30',
      type: 'ethernet',
      virtualdev: false,
    });
  });

  it.each([
    'gate-laptop',
    'gate-laptop-partial',
    'hangar-server',
    'crewplan-guest',
    'apron-stack',
    'crew-phone',
    'lounge-controller',
  ])('gives the very records of %s when that is written as XML', async (name) => {
    const document = JSON.parse(jsonFixture(name));
    const fromJson = recordsOf(mapGlpi(document));
    expect(fromJson.length).toBeGreaterThan(0);
    expect(recordsOf(await parse(toXml(document)))).toEqual(fromJson);
  });

  it('meets itself in both byte orders of its UUID', async () => {
    const guest = (ssn: string, uuid: string) =>
      readMachine(
        `<BIOS><SMANUFACTURER>innotek GmbH</SMANUFACTURER><SMODEL>VirtualBox</SMODEL><SSN>${ssn}</SSN></BIOS><HARDWARE><UUID>${uuid}</UUID></HARDWARE>`,
      );
    const records = [
      await guest('0', '8A3C27F1-5D0E-4B62-9F11-6C2E8D7A4B90'),
      await guest('0', 'F1273C8A-0E5D-624B-9F11-6C2E8D7A4B90'),
      await guest('VirtualBox-8a3c27f1-5d0e-4b62-9f11-6c2e8d7a4b90', 'F1273C8A-0E5D-624B-9F11-6C2E8D7A4B90'),
    ];
    const uuids = records.map((record) => normaliseIdentifiers(record, 'skyways').find(({ type }) => type === 'uuid'));
    expect(uuids.map((uuid) => uuid?.value)).toEqual(Array(3).fill('8a3c27f15d0e4b629f116c2e8d7a4b90'));
    expect(records.slice(0, 2).map(({ nativeKey }) => nativeKey)).toEqual(
      Array(2).fill('uuid:8a3c27f15d0e4b629f116c2e8d7a4b90'),
    );
    for (const record of records) expect(record).toMatchObject({ nature: 'virtual', ciClass: 'virtual-machine' });
  });

  it.each([
    ['UUID "-8"', '<HARDWARE><NAME>a</NAME><UUID>-8</UUID></HARDWARE>'],
    ['a made-up UUID', '<HARDWARE><NAME>a</NAME><UUID>AAAAAAA-BBBBBB-CCCCCCC</UUID></HARDWARE>'],
    ['serial "Not Specified"', '<BIOS><SSN>Not Specified</SSN></BIOS><HARDWARE><NAME>a</NAME></HARDWARE>'],
    [
      'a multicast address',
      '<NETWORKS><MACADDR>61:B5:99:E6:84:EA</MACADDR></NETWORKS><HARDWARE><NAME>a</NAME></HARDWARE>',
    ],
    ['nothing at all', '<HARDWARE><OSNAME>Linux</OSNAME></HARDWARE>'],
  ])('is known by its agent only when it shows %s', async (_what, content) => {
    const record = await readMachine(content, '<DEVICEID>a-2026-01-01</DEVICEID>');
    expect(record.nativeKey).toBe('deviceid:a-2026-01-01');
    expect(record.warnings).toMatchObject([{ code: 'weak-identity' }]);
  });

  it('prefers the id of the Rudder node, which outlives the agent, but not "root", which every server has', async () => {
    const rudder = (id: string) => `<HARDWARE><NAME>a</NAME></HARDWARE><RUDDER><UUID>${id}</UUID></RUDDER>`;
    const id = '<DEVICEID>a-2026</DEVICEID>';
    const node = await readMachine(rudder('7d6a3c10-5a5b-4c0e-9a64-3f2b8f2f1a77'), id);
    expect(node.nativeKey).toBe('deviceid:7d6a3c10-5a5b-4c0e-9a64-3f2b8f2f1a77');
    expect((await readMachine(rudder('root'), id)).nativeKey).toBe('deviceid:a-2026');
    const old = await readMachine(
      '<OPERATINGSYSTEM><NAME>Debian</NAME></OPERATINGSYSTEM>',
      `${id}<HOSTNAME>b.skyways.example</HOSTNAME>`,
    );
    expect(old.name).toBe('b.skyways.example');
  });

  it('tells containers and phones from computers', async () => {
    const container = await readMachine(
      '<HARDWARE><NAME>c</NAME><VMSYSTEM>OpenVZ</VMSYSTEM></HARDWARE>',
      '<DEVICEID>c</DEVICEID>',
    );
    expect(container).toMatchObject({ container: true, nature: 'virtual', nativeKey: 'deviceid:c' });
    const phone = await readMachine('<HARDWARE><OSNAME>Android</OSNAME><UUID>3f9a77b2c1</UUID></HARDWARE>');
    expect(phone).toMatchObject({ ciClass: 'mobile', assetKind: 'hardware' });
  });

  it('reads what is repeated, renamed or in an unusual order', async () => {
    const record = await readMachine(
      '<HARDWARE><NAME>z</NAME></HARDWARE></CONTENT><CONTENT><HARDWARE><NAME>y</NAME><MEMORY>2048MB</MEMORY></HARDWARE>' +
        '<HARDWARE><PROCESSORT>Alpha</PROCESSORT><PROCESSORN>2</PROCESSORN></HARDWARE>' +
        '<FIREWALL><STATUS>on</STATUS></FIREWALL><USER><LOGIN>mia</LOGIN></USER><CONTROLLERS><PCIID>8086:1502</PCIID></CONTROLLERS>' +
        '<LOCAL_GROUPS><MEMBER>a</MEMBER></LOCAL_GROUPS><SLOTS><STATUS>In use</STATUS></SLOTS><BATTERIES><CAPACITY>51.5 Wh</CAPACITY></BATTERIES>',
    );
    expect(record).toMatchObject({
      name: 'z',
      nativeKey: 'name:z',
      sections: { hardware: { memoryMb: 2048 }, cpu: { name: 'Alpha', sockets: 2 } },
    });
    expect(record.details).toMatchObject({
      firewalls: [{ status: 'on' }],
      users: [{ login: 'mia' }],
      controllers: [{ vendorid: '8086', productid: '1502' }],
      localGroups: [{ members: ['a'] }],
      slots: [{ status: 'used' }],
      batteries: [{ capacity: 51_500 }],
    });
  });

  it.each([
    ['04/05/2026 12:30', '2026-05-04'],
    ['11/28/2025', '2025-11-28'],
    ['04.05.2026', '2026-05-04'],
    ['2026-05-04T12:30:00Z', '2026-05-04'],
    ['20260504', '2026-05-04'],
    ['Mon May  4 12:30:00 2026', '2026-05-04'],
    ['N/A', 'N/A'],
    ['1777875300', '1777875300'],
  ])('dates %s as %s', (written, date) => {
    expect(toIsoDate(written)).toBe(date);
  });
});

describe('a machine of an OCS agent', () => {
  const expected = {
    nativeKey: 'serial:hp:czj1280rmq',
    ciClass: 'computer',
    name: 'CHECKIN-07',
    sections: {
      bios: { assetTag: 'SKY-004777' },
      hardware: { chassisType: 'Desktop', memoryMb: 8192, domain: 'SKYWAYS' },
      cpu: { name: 'Intel(R) Core(TM) i5-6500', sockets: 1, cores: 4 },
      os: { osName: 'Microsoft Windows 10 Entreprise', osVersion: '10.0.19045' },
      agent: { tag: 'TERMINAL-2' },
    },
    details: { software: [{ publisher: 'Société Aérienne' }] },
  };
  const text = fixture('check-in-ocs.xml').toString('utf8');
  const undeclared = text.replace(/<\?.*\?>\s*/, '');

  it.each<[string, Uint8Array, string[]]>([
    ['UTF-8 that is declared as Latin-1', Buffer.from(text), []],
    ['Latin-1', Buffer.from(text, 'latin1'), []],
    ['Latin-1 without declaration', Buffer.from(undeclared, 'latin1'), ['not-utf8']],
    ['Latin-1 that is declared as UTF-8', Buffer.from(text.replace('ISO-8859-1', 'UTF-8'), 'latin1'), ['not-utf8']],
    ['an unknown encoding', Buffer.from(text.replace('ISO-8859-1', 'x-none')), []],
    ['UTF-16', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(undeclared, 'utf16le')]), []],
    ['deflated XML', deflateSync(text), []],
  ])('is read from %s', async (_what, bytes, codes) => {
    const record = only(recordsOf(await parse(bytes)));
    expect(record).toMatchObject(expected);
    expect(record.warnings.map(({ code }) => code)).toEqual(codes);
  });

  it('is read in the encoding that is declared where the bytes cannot tell', async () => {
    const declared = '<?xml version="1.0" encoding="windows-1251"?>';
    const name = Buffer.from([0xd1, 0xea, 0xe0, 0xe9]);
    const [before = '', after = ''] = machine('<HARDWARE><NAME>*</NAME></HARDWARE>').split('*');
    const [record] = recordsOf(await parse(Buffer.concat([Buffer.from(declared + before), name, Buffer.from(after)])));
    expect(record?.name).toBe('Скай');
  });

  it('has no tag where OCS writes NA', async () => {
    const record = await readMachine(
      '<HARDWARE><NAME>a</NAME></HARDWARE><ACCOUNTINFO><KEYNAME>TAG</KEYNAME><KEYVALUE>NA</KEYVALUE></ACCOUNTINFO>',
    );
    expect(record.sections.agent).toBeUndefined();
  });
});
