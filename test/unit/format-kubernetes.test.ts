import { describe, expect, it } from '@jest/globals';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { recordOf, recordsOf, valuesOf } from '../support/aws.ts';
import { fixture, linksOf, named } from '../support/cloud.ts';

type Json = Record<string, unknown>;

const text = fixture('kubernetes', 'cluster');
const list = JSON.parse(text) as { items: [Json, ...Json[]] };
const deployment = 'uid:c0000000-0000-4000-8000-0000000000c1';
const [first, second] = ['uid:d0000000-0000-4000-8000-0000000000d1', 'uid:d0000000-0000-4000-8000-0000000000d2'];
const namespace = 'uid:f0000000-0000-4000-8000-0000000000f1';
const uid = (last: number): string => `uid:12000000-0000-4000-8000-00000000000${last}`;

describe('a dump of a cluster', () => {
  it('gives nodes, controllers, services and volumes; pods, replica sets, owned jobs and secrets are no CIs', async () => {
    const records = await recordsOf(text);
    expect(
      records.map(({ recordIndex, ciClass, name, nativeKey, partial }) => [
        recordIndex,
        ciClass,
        name,
        nativeKey,
        partial,
      ]),
    ).toEqual([
      [0, 'virtual-machine', 'apron-1', first, false],
      [1, 'server', 'apron-2', second, false],
      [2, 'cloud-resource', 'booking', namespace, false],
      [3, 'cloud-resource', 'seatmap', uid(1), false],
      [4, 'cloud-resource', 'legacy', uid(2), false],
      [5, 'cloud-resource', 'book', uid(3), false],
      [6, 'cloud-resource', 'seats', uid(4), false],
      [7, 'cloud-resource', 'pv-seats', uid(5), false],
      [8, 'container-workload', 'seatmap', deployment, false],
      [9, 'container-workload', 'nightly', uid(9), false],
      [10, 'container-workload', 'gate-agent', 'uid:c0000000-0000-4000-8000-0000000000c9', true],
    ]);
    expect(records.every(({ assetKind, half }) => assetKind === undefined && half === 'discovery')).toBe(true);
    expect(records.slice(0, 2).map(({ line, nature }) => [line, nature])).toEqual([
      [48, 'virtual'],
      [89, 'unknown'],
    ]);
  });

  it('knows a node by the cloud id of its machine, UUID, machine id, private address and name', async () => {
    const [node, bare] = await recordsOf(text);
    expect(node?.identifiers).toEqual([
      { type: 'k8sUid', value: first.slice(4) },
      { type: 'cloudId', value: 'aws:i-0aa11bb22cc33dd44' },
      { type: 'uuid', value: 'ec2a1b2c-3d4e-5f60-7182-93a4b5c6d7e8' },
      { type: 'machineId', value: '5eadbeef5eadbeef5eadbeef5eadbe01' },
      { type: 'ip', value: '10.20.1.15' },
      { type: 'fqdn', value: 'apron-1.skyways.example' },
      { type: 'hostname', value: 'apron-1' },
    ]);
    expect(bare?.identifiers.map(({ type }) => type)).toEqual(['k8sUid', 'uuid', 'machineId', 'hostname']);
    expect(node?.sections.node).toMatchObject({
      instanceType: 'm7i.large',
      kubelet: 'v1.31.2',
      roles: 'worker',
      zone: 'eu-north-1a',
    });
  });

  it('counts pods and replica sets at their controller, through owners, and says on which nodes they run', async () => {
    const records = await recordsOf(text);
    const seatmap = records[8];
    expect(seatmap?.sections).toMatchObject({ pods: { count: 2 }, replicaSets: { count: 1 } });
    expect(seatmap?.sections.workload).toEqual({
      kind: 'Deployment',
      namespace: 'booking',
      replicas: 2,
      strategy: 'RollingUpdate',
      images: ['registry.skyways.example/seatmap:4.2'],
      serviceAccount: 'seatmap',
    });
    expect(seatmap === undefined ? [] : linksOf(seatmap)).toEqual([
      `depends on out ${uid(4)}`,
      `member of out ${namespace}`,
      `runs on out ${first}`,
      `runs on out ${second}`,
    ]);
    expect(named(records, 'nightly').sections.pods).toEqual({ count: 0 });
    expect(records[10]).toMatchObject({ sections: { pods: { count: 1 } }, identifiers: [{ type: 'k8sUid' }] });
    expect(records[10]?.relations).toBeUndefined();
  });

  it('relates a service to what its whole selector chooses, an ingress to its service, a claim to its volume', async () => {
    const records = await recordsOf(text);
    const links = (index: number) => linksOf(records[index] as (typeof records)[number]);
    expect(links(3)).toEqual([`associated with out ${deployment}`, `member of out ${namespace}`]);
    expect(links(4)).toEqual([`member of out ${namespace}`]);
    expect(links(5)).toEqual([`depends on out ${uid(1)}`, `member of out ${namespace}`]);
    expect(links(6)).toEqual([`depends on out ${uid(5)}`, `member of out ${namespace}`]);
  });

  it('finds the deployment of pods whose replica set is not in the file by the hash in the name', async () => {
    const items = list.items.filter(({ kind }) => kind !== 'ReplicaSet');
    const seatmap = (await recordsOf({ ...list, items })).find(({ nativeKey }) => nativeKey === deployment);
    expect(seatmap?.sections.pods).toEqual({ count: 2 });
    expect(seatmap?.sections.replicaSets).toBeUndefined();
  });

  it('carries no secret: data, environment, arguments, annotations, passwords in image names', async () => {
    const written = JSON.stringify(await recordsOf(text));
    expect(text.match(/planted/g)?.length).toBeGreaterThanOrEqual(6);
    expect(written).not.toContain('planted');
    expect(written).not.toContain('cGxhbnRlZC1zZWNyZXQ');
  });

  it('says the same when only what changes by itself has changed', async () => {
    const later = text
      .replaceAll(/"resourceVersion": "\d+"/g, '"resourceVersion": "9999"')
      .replace('"readyReplicas": 1', '"readyReplicas": 2')
      .replace('2026-05-04T06:00:00Z', '2026-05-04T06:05:00Z')
      .replace('"generation": 3', '"generation": 4');
    expect(later).not.toBe(text);
    expect(await recordsOf(later)).toEqual(await recordsOf(text));
  });
});

describe('the machine of a node', () => {
  const node = async (providerID: string | undefined, nodeInfo: Json = {}, labels: Json = {}) =>
    recordOf({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', uid: 'd0000000-0000-4000-8000-0000000000d9', labels },
      spec: providerID === undefined ? {} : { providerID },
      status: { nodeInfo: { systemUUID: '4c4c4544-0042-3510-8050-b2c04f4e4d39', ...nodeInfo } },
    });

  it.each([
    [
      'gce://skyways-prod/europe-north1-a/apron-3',
      'gcp://compute.googleapis.com/projects/skyways-prod/zones/europe-north1-a/instances/apron-3',
    ],
    [
      'azure:///subscriptions/5A000000-0000-4000-8000-000000000001/resourceGroups/RG/providers/Microsoft.Compute/virtualMachineScaleSets/pool/virtualMachines/0',
      'azure:/subscriptions/5a000000-0000-4000-8000-000000000001/resourcegroups/rg/providers/microsoft.compute/virtualmachinescalesets/pool/virtualmachines/0',
    ],
    ['digitalocean://219734582', 'digitalocean:219734582'],
    ['openstack:///ABC-1', 'openstack:abc-1'],
  ])('is named by %s as the format of its provider names it', async (providerID, cloudId) => {
    const record = await node(providerID);
    expect(valuesOf(record, 'cloudId')).toEqual([cloudId]);
    expect(record.ciClass).toBe('virtual-machine');
  });

  it('is virtual where a label, a kernel or the UUID shows a cloud, and unknown where none does', async () => {
    const kinds = await Promise.all([
      node(undefined, { kernelVersion: '5.0.0-1021-gcp' }),
      node(undefined, { systemUUID: 'ec2a1b2c-3d4e-5f60-7182-93a4b5c6d7e8' }),
      node(undefined, {}, { 'topology.kubernetes.io/region': 'sfo2' }),
      node(undefined),
      node('metal3://rack/host'),
      node(undefined, {}, { 'node.kubernetes.io/instance-type': 'k3s' }),
    ]);
    expect(kinds.map(({ ciClass }) => ciClass)).toEqual([
      'virtual-machine',
      'virtual-machine',
      'virtual-machine',
      'server',
      'server',
      'server',
    ]);
  });

  it('is a container under kind, whose UUID is its host’s', async () => {
    const record = await node('kind://docker/kind/kind-control-plane');
    expect(record).toMatchObject({ container: true });
    const [uuid] = normaliseIdentifiers(record, 'skyways').filter(({ type }) => type === 'uuid');
    expect(uuid?.strength).toBe('rejected');
  });
});
