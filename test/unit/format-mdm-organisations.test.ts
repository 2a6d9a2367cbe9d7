import { describe, expect, it } from '@jest/globals';
import { assetEntity } from '../../functions/assets/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { mdm } from '../../functions/imports/formats/mdm/format.ts';
import { fixtureText, parseWith, recordsOf } from '../support/discovery-file.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const text = (name: string) => fixtureText(`mdm/${name}.json`);
const read = async (content: unknown) => recordsOf(await parseWith(mdm, content));
const json = (name: string) => JSON.parse(text(name));

describe('devices of several organisations in one file', () => {
  const stored = async (content: string) => {
    const table = memoryTable();
    const rig = importRig(table);
    const { run, records } = await rig.importFile('mdm-all', 'devices.json', content);
    const count = (name: string) => table.items().filter(({ e }) => e === name).length;
    return { counts: run.counts, records, assets: count(assetEntity.name), cis: count(ciEntity.name), rig };
  };

  it('keeps one serial in two organisations two devices, and says so', async () => {
    const { assets, cis, counts, records, rig } = await stored(text('kandji-tenants'));
    expect({ assets, cis }).toEqual({ assets: 4, cis: 4 });
    expect(counts).toMatchObject({ rejected: 0, ambiguous: 0, held: 0 });
    expect(records.flatMap(({ warnings }) => warnings.map(({ code }) => code))).toContain(
      'shared-between-organisations',
    );
    const again = await rig.importFile('mdm-all', 'devices.json', text('kandji-tenants'));
    expect(again.run.counts).toMatchObject({ created: 0, updated: 0, ambiguous: 0 });
  });

  it('would make one device of them without the organisations', async () => {
    const { skyways_ground_devices: ground, skyways_cargo_devices: cargo } = json('kandji-tenants');
    const { assets } = await stored(JSON.stringify([...ground, ...cargo]));
    expect(assets).toBe(3);
  });

  it.each([
    [
      'a field of each row',
      (rows: object[], organisation: string) => rows.map((row) => ({ ...row, organization_id: organisation })),
    ],
    [
      'an object around the list',
      (rows: object[], organisation: string) => ({ tenant: { name: organisation }, devices: rows }),
    ],
  ])('reads the organisation from %s', async (_what, wrap) => {
    const { skyways_ground_devices: ground, skyways_cargo_devices: cargo } = json('kandji-tenants');
    const { assets } = await stored(JSON.stringify([wrap(ground, 'Berge Corp'), wrap(cargo, 'Berge Ltd')].flat()));
    expect(assets).toBe(4);
  });

  it('leaves the first organisation’s serial to its vendor and tags to their organisations', async () => {
    const records = await read(text('kandji-tenants'));
    const of = (key: string) => records.find(({ nativeKey }) => nativeKey === `kandji:${key}`)?.identifiers;
    expect(of('a0000000-0000-4000-8000-000000000001')).toEqual([
      { type: 'serial', value: 'SKYAIR0001', qualifier: 'Apple' },
      { type: 'assetTag', value: '0001', qualifier: 'skyways_ground' },
    ]);
    expect(of('b0000000-0000-4000-8000-000000000001')).toEqual([
      { type: 'serial', value: 'SKYAIR0001', qualifier: 'tenant skyways_cargo organisation' },
      { type: 'assetTag', value: '0001', qualifier: 'skyways_cargo' },
    ]);
  });

  it('does not scope anything in a file of one organisation', async () => {
    const { skyways_ground_devices: ground } = json('kandji-tenants');
    const [first] = await read(ground);
    expect(first?.identifiers).toEqual([
      { type: 'serial', value: 'SKYAIR0001', qualifier: 'Apple' },
      { type: 'assetTag', value: '0001' },
    ]);
    expect(first?.nativeKey).toBe('kandji:a0000000-0000-4000-8000-000000000001');
  });
});
