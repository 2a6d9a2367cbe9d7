import { describe, expect, it } from '@jest/globals';
import { ciEntity } from '../../functions/cis/entity.ts';
import { itsmJson } from '../../functions/imports/formats/itsm-json/format.ts';
import { classOfTable } from '../../functions/imports/formats/itsm-json/servicenow-classes.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { errorsOf, fixtureText, parseWith, recordsOf } from '../support/discovery-file.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const text = (name: string) => fixtureText(`itsm/${name}.json`);
const read = async (content: unknown) => recordsOf(await parseWith(itsmJson, content));
const id = (number: number) => number.toString(16).padStart(32, '0');
const key = (number: number) => `servicenow:${id(number)}`;

describe('assets of ServiceNow', () => {
  it('read display values for people and stored values for dates', async () => {
    expect(await read(text('servicenow-assets-all'))).toEqual([
      {
        recordIndex: 0,
        line: 3,
        nativeKey: key(1),
        half: 'book',
        action: 'upsert',
        partial: false,
        nature: 'physical',
        assetKind: 'hardware',
        name: 'gate-lap-1001',
        identifiers: [
          { type: 'serial', value: 'BBK14-1001', qualifier: 'Berge' },
          { type: 'assetTag', value: 'SKY-1001', qualifier: 'Skyways' },
        ],
        sections: {},
        itam: {
          status: 'deployed',
          category: 'Computer',
          manufacturer: 'Berge',
          model: 'Berge B-Book 14',
          holder: 'Ines Duarte',
          holderEmail: 'ines.duarte@skyways.example',
          location: 'Terminal 1',
          company: 'Skyways',
          department: 'Ground',
          costCentre: 'CC-7',
          supplier: 'Berge Trading',
          orderNumber: 'PO-7001',
          purchaseDate: '2025-04-02',
          purchaseCost: { minor: 129950, currency: 'USD' },
          warrantyEnd: '2028-04-01',
        },
        warnings: [],
      },
    ]);
  });

  it('leave out references of which only the id is told', async () => {
    const [record] = await read(text('servicenow-assets-plain'));
    expect(record?.itam).toEqual({
      status: 'deployed',
      manufacturer: 'Berge',
      orderNumber: 'PO-7001',
      purchaseDate: '2025-04-02',
      purchaseCost: { minor: 129950, currency: 'USD' },
      warrantyEnd: '2028-04-01',
    });
  });

  it.each([
    [{ install_status: '7', substatus: 'Disposed' }, 'disposed'],
    [{ install_status: '8' }, 'lost'],
    [{ install_status: '8', substatus: 'stolen' }, 'stolen'],
    [{ install_status: 'In stock' }, 'in-stock'],
    [{ install_status: '77' }, undefined],
  ])('read the status %j', async (more, status) => {
    const [row] = JSON.parse(text('servicenow-assets-plain')).result;
    const [record] = await read({ result: [{ ...row, ...more }] });
    expect(record?.itam?.status).toBe(status);
  });

  it('are software without a hardware serial when they are licences', async () => {
    const row = {
      sys_id: id(5),
      sys_class_name: 'alm_license',
      serial_number: 'KEY-KEY',
      asset_tag: 'L-5',
      display_name: 'Seat map',
    };
    const [record] = await read({ result: [row] });
    expect(record).toMatchObject({ assetKind: 'software', nature: 'logical', itam: { name: 'Seat map' } });
    expect(JSON.stringify(record)).not.toContain('KEY-KEY');
  });
});

describe('CIs of ServiceNow', () => {
  it('are machines and services of our classes', async () => {
    const [server, machine, service, belt] = await read(text('servicenow-cis'));
    expect(server).toMatchObject({
      nativeKey: key(11),
      half: 'book',
      partial: true,
      nature: 'physical',
      ciClass: 'server',
      assetKind: 'hardware',
      sections: {
        device: {
          name: 'gate-01',
          supportGroup: 'Terminal Systems',
          environment: 'Production',
          description: 'Drives the gates',
        },
        bios: { manufacturer: 'Berge', model: 'B-740', serial: 'BRG0061X' },
        os: { osName: 'Linux Apron', osVersion: '12' },
      },
    });
    expect(server?.identifiers.map(({ type }) => type)).toEqual([
      'serial',
      'assetTag',
      'mac',
      'ip',
      'fqdn',
      'hostname',
    ]);
    expect(machine).toMatchObject({ nature: 'virtual', ciClass: 'virtual-machine' });
    expect(machine).not.toHaveProperty('assetKind');
    expect(service).toMatchObject({
      nature: 'logical',
      ciClass: 'business-service',
      identifiers: [],
      sections: { device: { owner: 'Ines Duarte', criticality: 'critical' } },
    });
    expect(service?.sections).not.toHaveProperty('bios');
    expect(belt).toMatchObject({ ciClass: 'device', warnings: [{ code: 'unknown-class' }] });
    expect(JSON.stringify([server, machine, service, belt])).not.toContain('fly-me-home');
  });

  it.each([
    ['cmdb_ci_linux_server', 'server'],
    ['Windows Server', 'server'],
    ['cmdb_ci_vmware_instance', 'virtual-machine'],
    ['cmdb_ci_ip_switch', 'network-device'],
    ['cmdb_ci_db_mssql_instance', 'database'],
    ['cmdb_ci_appl', 'application'],
    ['cmdb_ci_app_server_tomcat', 'application'],
    ['cmdb_ci_service', 'business-service'],
    ['service_offering', 'technical-service'],
    ['cmdb_ci_ups', 'power'],
    ['cmdb_ci_pc_hardware', 'computer'],
    ['cmdb_ci_handheld_computing', 'mobile'],
    ['cmdb_ci_storage_server', 'storage'],
    ['cmdb_ci_kubernetes_pod', 'container-workload'],
    ['u_cmdb_ci_baggage_belt', undefined],
  ])('of table %s are of class %s', (table, ciClass) => expect(classOfTable(table)).toBe(ciClass));

  it('are related by rows of their own, in one record for each parent', async () => {
    const parsed = await parseWith(itsmJson, text('servicenow-relations'));
    expect(recordsOf(parsed).map(({ nativeKey, partial, relations }) => [nativeKey, partial, relations])).toEqual([
      [
        key(13),
        true,
        [
          { type: 'depends on', direction: 'out', record: key(12) },
          { type: 'runs on', direction: 'out', record: key(11), name: 'gate-01' },
        ],
      ],
      [key(11), true, [{ type: 'depends on', direction: 'in', record: key(14) }]],
    ]);
    expect(errorsOf(parsed)).toEqual([expect.objectContaining({ reason: expect.stringMatching(/both of its ends/) })]);
  });

  it('keep their relations when the CIs come again, and lose one that is told no more', async () => {
    const table = memoryTable();
    const rig = importRig(table);
    const edges = () =>
      table
        .items()
        .filter(({ e }) => e === relationshipEntity.name)
        .map((item) => relationshipEntity.fromItem(item).value)
        .filter(({ validTo }) => validTo === undefined)
        .map(({ type }) => type)
        .sort();
    await rig.importFile('snow', 'cis.json', text('servicenow-cis'));
    expect(table.items().filter(({ e }) => e === ciEntity.name)).toHaveLength(4);
    await rig.importFile('snow', 'rels.json', text('servicenow-relations'));
    expect(edges()).toEqual(['depends on', 'depends on', 'runs on']);
    await rig.importFile('snow', 'cis.json', text('servicenow-cis').replace('Drives the gates', 'Drives all gates'));
    expect(edges()).toEqual(['depends on', 'depends on', 'runs on']);
    const fewer = JSON.parse(text('servicenow-relations')).result.filter(
      ({ sys_id }: { sys_id: string }) => sys_id !== id(92),
    );
    await rig.importFile('snow', 'rels.json', JSON.stringify({ result: fewer }));
    expect(edges()).toEqual(['depends on', 'runs on']);
  });

  it('of which nothing is known yet make no relation up', async () => {
    const rig = importRig(memoryTable());
    const { records } = await rig.importFile('snow', 'rels.json', text('servicenow-relations'));
    expect(records.map(({ outcome }) => outcome).sort()).toEqual(['held', 'held', 'rejected']);
  });
});
