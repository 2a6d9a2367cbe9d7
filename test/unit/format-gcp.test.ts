import { describe, expect, it } from '@jest/globals';
import { withoutComments } from '../../functions/imports/formats/gcp-assets/comment-lines.ts';
import { chunksOf, formatOf, parseAll, problemOf, recordOf, recordsOf, valuesOf } from '../support/aws.ts';
import { fixture, linksOf, named } from '../support/cloud.ts';

type Json = Record<string, unknown>;

const text = fixture('gcp', 'export');
const assets = text.split('\n').flatMap((line): Json[] => (line.startsWith('{') ? [JSON.parse(line) as Json] : []));
const [project, instance] = assets as [Json, Json, ...Json[]];
const compute = 'gcp://compute.googleapis.com/projects/skyways-prod';
const owner = 'gcp://cloudresourcemanager.googleapis.com/projects/424242';
const machine = `${compute}/zones/europe-north1-a/instances/loyalty-1`;

describe('an export of Cloud Asset Inventory', () => {
  it('gives every asset as a CI, line by line; pods are none', async () => {
    const records = await recordsOf(text);
    expect(formatOf(text)).toBe('gcp-assets');
    expect(records.map(({ ciClass, line, name, nature, partial }) => [line, name, ciClass, nature, partial])).toEqual([
      [2, 'Skyways production', 'cloud-resource', 'logical', false],
      [3, 'loyalty-1', 'virtual-machine', 'virtual', false],
      [6, 'front', 'network', 'logical', false],
      [7, 'hub', 'network', 'logical', false],
      [8, 'seats', 'database', 'logical', false],
      [9, 'gates', 'cloud-resource', 'logical', false],
      [10, 'gates-pool-1', 'virtual-machine', 'virtual', false],
      [12, 'skyways-bags', 'cloud-resource', 'logical', true],
    ]);
    expect(records.every(({ assetKind, half }) => assetKind === undefined && half === 'discovery')).toBe(true);
  });

  it('knows an instance by its full name in lower case, private address and names; its generation is shown', async () => {
    const record = named(await recordsOf(text), 'loyalty-1');
    expect(record.identifiers).toEqual([
      { type: 'cloudId', value: machine },
      { type: 'ip', value: '10.60.0.2' },
      { type: 'fqdn', value: 'loyalty-1.skyways.example' },
      { type: 'hostname', value: 'loyalty-1' },
    ]);
    expect(record.observedAt).toBe('2026-05-03T22:10:00.500Z');
    expect(record.sections).toEqual({
      cloud: {
        provider: 'gcp',
        project: 'skyways-prod',
        location: 'europe-north1-a',
        resourceType: 'compute.googleapis.com/Instance',
        resourceId: '7700000000000000001',
        fullName: '//compute.googleapis.com/projects/skyways-prod/zones/europe-north1-a/instances/loyalty-1',
        createdAt: '2026-01-05T08:07:14.742Z',
      },
      virtualMachine: { type: 'e2-standard-2', state: 'running', image: 'debian-12-bookworm', preemptible: false },
      cloudNetwork: {
        ipAddresses: ['10.60.0.2'],
        publicIpAddresses: ['198.51.100.9'],
        networks: ['main'],
        subnetworks: ['front'],
        networkTags: ['front', 'web'],
      },
      tags: { team: 'loyalty' },
    });
  });

  it('relates to the parent and to what is linked', async () => {
    const records = await recordsOf(text);
    expect(linksOf(named(records, 'loyalty-1'))).toEqual(
      [
        `attached to in ${compute}/zones/europe-north1-a/disks/loyalty-1`,
        `member of out ${owner}`,
        `member of out ${compute}/regions/europe-north1/subnetworks/front`,
      ].sort(),
    );
    expect(linksOf(named(records, 'front'))).toEqual([
      `member of out ${owner}`,
      `member of out ${compute}/global/networks/main`,
    ]);
    expect(linksOf(named(records, 'seats'))).toEqual([
      `member of out ${owner}`,
      `member of out ${compute}/global/networks/main`,
    ]);
    expect(named(records, 'skyways-bags').relations).toBeUndefined();
  });

  it('knows a node of a cluster by its machine, whatever the spelling of the cluster', async () => {
    const records = await recordsOf(text);
    const cluster = 'gcp://container.googleapis.com/projects/skyways-prod/locations/europe-north1-a/clusters/gates';
    expect(valuesOf(named(records, 'gates'), 'cloudId')).toEqual([cluster]);
    expect(valuesOf(named(records, 'gates-pool-1'), 'cloudId')).toEqual([
      `${cluster}/k8s/nodes/gates-pool-1`,
      `${compute}/zones/europe-north1-a/instances/gates-pool-1`,
    ]);
    expect(valuesOf(named(records, 'gates-pool-1'), 'k8sUid')).toEqual(['d0000000-0000-4000-8000-0000000000e1']);
  });

  it('carries no secret: metadata, keys, passwords, policies', async () => {
    expect(text.match(/planted/g)?.length).toBeGreaterThanOrEqual(9);
    expect(JSON.stringify(await recordsOf(text))).not.toContain('planted');
  });

  it('shortens a name that does not fit, and never to that of another asset', async () => {
    const of = (last: string) =>
      recordOf({
        ...instance,
        name: `//pubsub.googleapis.com/projects/p/topics/${'t'.repeat(900)}${last}`,
        asset_type: 'pubsub.googleapis.com/Topic',
      });
    const [a, b] = [await of('a'), await of('b')];
    expect([a, b].every(({ nativeKey }) => nativeKey.length <= 400)).toBe(true);
    expect([a, b].every((one) => (valuesOf(one, 'cloudId')[0]?.length ?? 999) <= 300)).toBe(true);
    expect(a.nativeKey === b.nativeKey || valuesOf(a, 'cloudId')[0] === valuesOf(b, 'cloudId')[0]).toBe(false);
  });
});

describe('what cannot be used', () => {
  it('rejects a line that names nothing beside the good ones, with its line', async () => {
    const parsed = await parseAll(
      `${JSON.stringify(project)}\n{"asset_type":"compute.googleapis.com/Disk","resource":{}}\n${JSON.stringify(instance)}`,
    );
    expect(parsed.map((one) => ('record' in one ? one.record.name : one.fault.line))).toEqual([
      'Skyways production',
      2,
      'loyalty-1',
    ]);
  });

  it('says so when a file holds pods alone', async () => {
    const pods = assets.filter(({ asset_type: type }) => type === 'k8s.io/Pod');
    expect(await problemOf(pods.map((pod) => JSON.stringify(pod)).join('\n'))).toMatchObject({
      code: 'no-usable-record',
      detail: expect.stringContaining('only pods'),
    });
  });

  it('tells the place of broken JSON', async () => {
    const parsed = await parseAll(text.replace('"lifecycleState":"ACTIVE"', '"lifecycleState":ACTIVE'));
    const fault = parsed.find((one) => 'fault' in one);
    expect(fault).toMatchObject({
      fault: { line: 2, errors: [{ line: 2, reason: expect.stringContaining('not JSON') }] },
    });
    expect(parsed.filter((one) => 'record' in one)).toHaveLength(7);
  });

  it('blanks comments wherever the file is cut into chunks, and nothing else', async () => {
    const source = '\uFEFF# é\n{"a":\n "# no // comment",\n  // gone\n"b": "c"}\n#end';
    const blanked = '\uFEFF    \n{"a":\n "# no // comment",\n         \n"b": "c"}\n    ';
    for (let size = 1; size < 12; size += 1) {
      const out: Uint8Array[] = [];
      for await (const chunk of withoutComments(chunksOf(source, size))) out.push(chunk);
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(out))).toBe(blanked);
    }
  });
});
