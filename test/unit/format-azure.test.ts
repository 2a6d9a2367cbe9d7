import { describe, expect, it } from '@jest/globals';
import { classesFit } from '../../domain/identity/class-family.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { formatOf, parseAll, problemOf, recordsOf } from '../support/aws.ts';
import { fixture, linksOf, named } from '../support/cloud.ts';

type Json = Record<string, unknown>;

const text = fixture('azure', 'graph-answer');
const answer = JSON.parse(text) as { data: [Json, ...Json[]] };
const [vm] = answer.data;
const group = '/subscriptions/5a000000-0000-4000-8000-000000000001/resourcegroups';
const machine = `azure:${group}/checkin/providers/microsoft.compute/virtualmachines/checkin-1`;
const nic = `azure:${group}/checkin/providers/microsoft.network/networkinterfaces/checkin-1-nic`;
const disk = `azure:${group}/checkin/providers/microsoft.compute/disks/checkin-1_os`;
const hub = `azure:${group}/net/providers/microsoft.network/virtualnetworks/hub`;

describe('an answer of Resource Graph', () => {
  it('gives every resource as a CI without asset', async () => {
    const records = await recordsOf(text);
    expect(formatOf(text)).toBe('azure-resources');
    expect(records.map(({ ciClass, name, nature, partial }) => [name, ciClass, nature, partial])).toEqual([
      ['checkin-1', 'virtual-machine', 'virtual', false],
      ['checkin-1-nic', 'cloud-resource', 'logical', false],
      ['hub', 'network', 'logical', false],
      ['checkin-1_os', 'cloud-resource', 'logical', false],
      ['seats', 'database', 'logical', false],
      ['hangar-3', 'server', 'unknown', false],
    ]);
    expect(records.every(({ assetKind, half }) => assetKind === undefined && half === 'discovery')).toBe(true);
    expect(records.slice(0, 2).map(({ line }) => line)).toEqual([4, 47]);
  });

  it('knows a machine by its id in lower case, its UUID and the name its guest has', async () => {
    const [record] = await recordsOf(text);
    expect(record?.identifiers).toEqual([
      { type: 'cloudId', value: machine },
      { type: 'uuid', value: '9a8b7c6d-1111-4222-8333-444455556666' },
      { type: 'hostname', value: 'vmx81checkin' },
    ]);
    expect(record?.sections).toEqual({
      cloud: {
        provider: 'azure',
        account: '5a000000-0000-4000-8000-000000000001',
        resourceGroup: 'checkin',
        region: 'swedencentral',
        zone: '1',
        resourceType: 'microsoft.compute/virtualmachines',
        resourceId: machine.slice(6),
      },
      virtualMachine: {
        type: 'Standard_D2s_v5',
        image: 'Debian:debian-12:12',
        computerName: 'vmx81checkin',
        osDiskGB: 30,
      },
      os: { type: 'Linux' },
      tags: { Team: 'Check-in' },
    });
  });

  it('has the UUID in the form in which a guest that swaps its bytes has it', async () => {
    const uuidOf = (value: string) =>
      normaliseIdentifiers({ identifiers: [{ type: 'uuid', value }], nature: 'virtual' }, 'feed')[0]?.value;
    expect(uuidOf('9a8b7c6d-1111-4222-8333-444455556666')).toBe(uuidOf('6d7c8b9a-1111-2242-8333-444455556666'));
  });

  it('relates by the ids inside, whatever their case; parts stand for what they are parts of', async () => {
    const records = await recordsOf(text);
    expect(linksOf(named(records, 'checkin-1'))).toEqual([
      `attached to in ${disk}`,
      `attached to in ${nic}`,
      `member of out azure:${group}/checkin/providers/microsoft.compute/availabilitysets/checkin-set`,
    ]);
    expect(linksOf(named(records, 'checkin-1-nic'))).toEqual([
      `associated with out azure:${group}/checkin/providers/microsoft.network/networksecuritygroups/front`,
      `attached to out ${machine}`,
      `member of out ${hub}`,
    ]);
    expect(linksOf(named(records, 'checkin-1_os'))).toEqual([`attached to out ${machine}`]);
    expect(linksOf(named(records, 'hub'))).toEqual([
      `associated with out azure:${group}/net/providers/microsoft.network/routetables/out`,
    ]);
  });

  it('knows a server under Arc by its hardware, and not by the id of the agent', async () => {
    const arc = named(await recordsOf(text), 'hangar-3');
    expect(arc.identifiers.slice(1)).toEqual([
      { type: 'serial', value: 'B2C4N42', qualifier: 'Dell Inc.' },
      { type: 'uuid', value: '4C4C4544-0042-3510-8050-B2C04F4E4D32' },
      { type: 'fqdn', value: 'hangar-3.skyways.example' },
      { type: 'hostname', value: 'HANGAR-3' },
    ]);
    expect(arc.sections.device).toEqual({ manufacturer: 'Dell Inc.', model: 'PowerEdge R650' });
    expect(classesFit('server', 'computer', [])).toBe(true);
  });

  it('carries no secret: users, passwords, keys, custom data, tags that sound like one', async () => {
    expect(text.match(/planted/g)?.length).toBeGreaterThanOrEqual(6);
    expect(JSON.stringify(await recordsOf(text))).not.toContain('planted');
  });
});

describe('what cannot be used', () => {
  it('rejects what no id names beside the good ones, with its place', async () => {
    const parsed = await parseAll(JSON.stringify({ count: 2, data: [{ name: 'x', location: 'y' }, vm] }));
    expect(parsed[0]).toMatchObject({
      fault: { line: 1, errors: [{ column: 20, reason: expect.stringContaining('No id names') }] },
    });
    expect(parsed[1]).toMatchObject({ record: { name: 'checkin-1' } });
  });

  it('refuses a template: it names no resource', async () => {
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      parameters: { key: { defaultValue: 'x' } },
      resources: [
        { type: 'Microsoft.Compute/disks', apiVersion: '2023-01-02', name: "[parameters('disk')]", properties: {} },
      ],
    };
    expect(await problemOf(JSON.stringify(template))).toMatchObject({
      code: 'no-usable-record',
      detail: expect.stringContaining('a template names none'),
    });
  });

  it('tells the place of broken JSON and reads on', async () => {
    const parsed = await parseAll(text.replace('"kind": "",', '"kind": ,'));
    expect(parsed[0]).toMatchObject({ fault: { errors: [{ line: 9, column: 15 }] } });
    expect(parsed.filter((one) => 'record' in one)).toHaveLength(5);
  });

  it('reads neither a state of Terraform nor nodes that Azure hosts', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', uid: 'd0000000-1' },
      spec: { providerID: `azure://${String(vm.id)}` },
    };
    expect(formatOf(JSON.stringify(node))).toBe('kubernetes');
    expect(formatOf(fixture('terraform', 'version-4'))).toBe('terraform-state');
  });
});
