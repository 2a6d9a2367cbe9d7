import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { sourceEntryEntity } from '../../functions/plan-import/source-entry.ts';
import { checkEstate } from '../support/import-check.ts';
import { discovered } from '../support/import-records.ts';
import { importRig } from '../support/import-rig.ts';
import { estateOf, shapeOf } from '../support/import-state.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

let table: MemoryTable;
let rig: ReturnType<typeof importRig>;
beforeEach(() => {
  table = memoryTable();
  rig = importRig(table);
});

const device = (name: string, to: readonly string[] | undefined, day = 20): DiscoveryRecord =>
  discovered({
    nativeKey: name,
    name,
    ciClass: 'network-device',
    identifiers: [{ type: 'serial', value: `CABLE-${name}`, qualifier: 'Cisco' }],
    observedAt: `2026-11-${day}T06:00:00.000Z`,
    ...(to === undefined
      ? {}
      : { relations: to.map((record) => ({ type: 'connected to' as const, direction: 'out' as const, record })) }),
  });
const edges = () =>
  estateOf(table.items()).relationships.map(
    ({ value }) => `${value.sources} ${value.validTo === undefined ? 'open' : 'closed'}`,
  );

describe('relations', () => {
  it('reported from both ends are one edge, open until the last end lets go', async () => {
    await rig.importRecords('snmp', '1', [device('a', ['b']), device('b', ['a'])]);
    expect(edges()).toEqual(['snmp open']);
    await rig.importRecords('snmp', '2', [device('a', [], 21)]);
    expect(edges()).toEqual(['snmp open']);
    await rig.importRecords('snmp', '3', [device('b', [], 21)]);
    expect(edges()).toEqual(['snmp closed']);
    await rig.importRecords('snmp', '4', [device('a', ['b'], 22)]);
    expect(edges()).toEqual(['snmp open']);
    expect(checkEstate(table.items())).toEqual([]);
  });
  it('asserted by two sources end with the second', async () => {
    await rig.importRecords('snmp', '1', [device('a', ['b']), device('b', undefined)]);
    await rig.importRecords('lldp', '2', [device('a', ['b']), device('b', undefined)]);
    expect(edges()).toEqual(['lldp,snmp open']);
    await rig.importRecords('snmp', '3', [device('a', [], 21)]);
    expect(edges()).toEqual(['lldp open']);
    await rig.importRecords('lldp', '4', [device('a', [], 21)]);
    expect(edges()).toEqual(['lldp closed']);
  });
  it('are not taken back by an observation that comes late', async () => {
    await rig.importRecords('snmp', '1', [device('a', ['b'], 21), device('b', undefined)]);
    await rig.importRecords('snmp', '2', [device('a', [], 20)]);
    expect(edges()).toEqual(['snmp open']);
  });
  it('to something unknown are looked at again when the record comes again, though it says nothing new', async () => {
    const service = 'Service Name,Class,Runs On\nBooking,business-service,host-1.skyways.example\n';
    await rig.importFile('services', 'a.csv', service);
    expect(edges()).toEqual([]);
    const host = discovered({
      nativeKey: 'h',
      identifiers: [
        { type: 'serial', value: 'HOST1234' },
        { type: 'fqdn', value: 'host-1.skyways.example' },
      ],
    });
    await rig.importRecords('agents', 'h', [host]);
    const again = await rig.importFile('services', 'a.csv', service);
    expect(again.run.counts).toMatchObject({ unchanged: 1 });
    expect(edges()).toEqual(['services open']);
    const shape = shapeOf(table.items());
    const writes = table.meter.roundTrips;
    const third = await rig.importFile('services', 'a.csv', service);
    expect(third.run).toMatchObject({ chunks: 0, counts: { unchanged: 1 } });
    // Three planners look for the run and for what is known of the source; then the run itself, its source index and what is looked at.
    expect(table.meter.roundTrips - writes).toBeLessThan(12);
    expect(shapeOf(table.items())).toEqual(shape);
  });
  it('are not forgotten when another run changes the same source entry at that moment', async () => {
    const { writeEach } = table;
    let raced = false;
    table.writeEach = async (writes) => {
      const [write] = writes;
      if (!raced && write !== undefined && 'put' in write && write.put.e === 'source entry') {
        raced = true;
        const { value, version } = sourceEntryEntity.fromItem(write.put);
        const other = sourceEntryEntity.toItem('skyways', { ...value, relations: [] }, version);
        await writeEach([{ put: other, expect: 'any' }]);
      }
      return writeEach(writes);
    };
    await rig.importRecords('snmp', '1', [device('a', ['b']), device('b', undefined)]);
    expect(raced).toBe(true);
    const [edge] = estateOf(table.items()).relationships;
    const asserted = estateOf(table.items()).entries.flatMap(({ value }) => value.relations ?? []);
    expect(asserted).toEqual([edge?.value.relationshipId]);
  });
  it('that a list no longer names are closed', async () => {
    const list = (runsOn: string) => `Service Name,Class,Runs On\nBooking,business-service,${runsOn}\n`;
    await rig.importRecords('agents', 'h', [
      discovered({ identifiers: [{ type: 'fqdn', value: 'host-1.skyways.example' }] }),
    ]);
    await rig.importFile('services', 'a.csv', list('host-1.skyways.example'));
    expect(edges()).toEqual(['services open']);
    await rig.importFile('services', 'b.csv', list(''));
    expect(edges()).toEqual(['services closed']);
  });
  it('end at nothing and at the thing itself: no edge', async () => {
    await rig.importRecords('snmp', '1', [device('a', ['a', 'nowhere'])]);
    expect(edges()).toEqual([]);
    expect(estateOf(table.items()).entries.find(({ value }) => value.nativeKey === 'a')?.value.unrelated).toBe(true);
  });
});
