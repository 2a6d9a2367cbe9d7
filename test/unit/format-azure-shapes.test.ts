import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { recordOf, recordsOf, valuesOf, withoutLine } from '../support/aws.ts';
import { fixture } from '../support/cloud.ts';

type Json = Record<string, unknown>;

const text = fixture('azure', 'graph-answer');
const answer = JSON.parse(text) as { data: [Json, ...Json[]] };
const [vm] = answer.data;

/** The machine as ARM lists it: the group in capitals, the type as people write it, its extensions beside it. */
const fromArm: Json = {
  ...vm,
  id: String(vm.id).replace('resourceGroups/checkin', 'resourceGroups/CHECKIN'),
  type: 'Microsoft.Compute/virtualMachines',
  location: 'swedencentral',
  resources: [{ id: `${String(vm.id)}/extensions/agent`, type: 'Microsoft.Compute/virtualMachines/extensions' }],
};

describe('one machine by several services', () => {
  const columns = ['id', 'name', 'type', 'location', 'tags', 'zones', 'properties', 'managedBy'];
  const table = {
    totalRecords: 1,
    data: {
      columns: columns.map((name) => ({ name, type: 'string' })),
      rows: [columns.map((name) => vm[name] ?? null)],
    },
  };
  const { properties, ...shell } = vm;
  const cassette = (...bodies: unknown[]) => ({
    version: 1,
    interactions: bodies.map((data) => ({ request: { uri: 'https://x' }, response: { status: {}, body: { data } } })),
  });
  const pascal = Object.fromEntries(
    Object.entries(fromArm).map(([key, value]) => [
      key === 'id' ? 'ResourceId' : key.slice(0, 1).toUpperCase() + key.slice(1),
      value,
    ]),
  );

  it.each([
    ['ARM', { value: [fromArm], nextLink: 'https://x' }],
    ['Resource Graph as a table', table],
    ['one bare resource', fromArm],
    ['a bare list', [fromArm]],
    ['one resource per line', `${JSON.stringify(fromArm)}\n`],
    ['a recorded answer', { status_code: 200, data: { value: [fromArm] } }],
    ['a cassette', cassette({ value: [fromArm] })],
    ['a cassette with a text body', { interactions: [{ response: { body: JSON.stringify({ value: [fromArm] }) } }] }],
    ['the CLI, which flattens', [{ ...shell, ...(properties as Json), resourceGroup: 'CHECKIN' }]],
    ['PowerShell, in capitals', [pascal]],
    ['properties as JSON in a string', [{ ...vm, properties: JSON.stringify(properties) }]],
  ])('is the same record from %s', async (_name, value) => {
    const records = await recordsOf(value);
    expect(records.map(withoutLine)).toEqual([withoutLine(await recordOf({ data: [vm] }))]);
  });

  it('is told twice in one file and is one, never two', async () => {
    const records = await recordsOf(cassette({ value: [fromArm] }, table));
    expect(records).toHaveLength(2);
    expect(new Set(records.map(({ nativeKey }) => nativeKey)).size).toBe(1);
    expect(new Set(records.map((record) => JSON.stringify(normaliseIdentifiers(record, 'feed')))).size).toBe(1);
  });

  it('takes a list without properties as partial: it must not end what is known', async () => {
    const record = await recordOf([
      { id: vm.id, name: 'checkin-1', type: vm.type, location: 'swedencentral', sku: null, tags: {} },
    ]);
    expect(record.partial).toBe(true);
    expect(record.relations).toBeUndefined();
    expect(Object.keys(record.sections)).toEqual(['cloud']);
  });

  it('reads what az vm list --show-details adds', async () => {
    const record = await recordOf([
      {
        ...shell,
        ...(properties as Json),
        macAddresses: '00-0D-3A-11-22-33',
        privateIps: '10.40.1.4,10.40.1.5',
        powerState: 'VM running',
      },
    ]);
    expect([valuesOf(record, 'mac'), valuesOf(record, 'ip')]).toEqual([
      ['00-0d-3a-11-22-33'],
      ['10.40.1.4', '10.40.1.5'],
    ]);
    expect(record.sections.virtualMachine?.state).toBe('running');
  });
});
