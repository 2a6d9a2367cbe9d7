import { describe, expect, it } from '@jest/globals';
import { formatOf, parseAll, recordsOf, valuesOf, withoutLine } from '../support/aws.ts';
import { fixture, linksOf, named } from '../support/cloud.ts';

type Json = Record<string, unknown>;

const version4 = fixture('terraform', 'version-4');
const state = JSON.parse(version4) as Json & { resources: Json[] };
const key = (address: string): string => `3b9c7f00-0000-4000-8000-000000000001/${address}`;

describe('a state of version 4', () => {
  it('gives every managed instance as declared CI: no data, nothing deposed, nothing that exists in the state alone', async () => {
    const records = await recordsOf(version4);
    expect(records.map(({ ciClass, name, nativeKey, nature }) => [nativeKey.slice(37), ciClass, nature, name])).toEqual(
      [
        ['module.net["north"].aws_subnet.front[0]', 'network', 'logical', 'front-a'],
        ['module.net["north"].aws_subnet.front[1]', 'network', 'logical', 'front-b'],
        ['module.net["north"].aws_instance.crewplan["blue"]', 'virtual-machine', 'virtual', 'crewplan-1'],
        ['aws_db_instance.seats', 'database', 'logical', 'seats'],
        ['aws_s3_bucket.boarding', 'cloud-resource', 'logical', 'skyways-boarding'],
        ['aws_iam_access_key.robot', 'cloud-resource', 'logical', 'aws_iam_access_key.robot'],
        ['azurerm_linux_virtual_machine.checkin', 'virtual-machine', 'virtual', 'checkin-1'],
        [
          'azurerm_storage_account_network_rules.bags',
          'cloud-resource',
          'logical',
          'azurerm_storage_account_network_rules.bags',
        ],
        ['azurerm_storage_account.bags', 'cloud-resource', 'logical', 'bags'],
        ['google_compute_instance.loyalty', 'virtual-machine', 'virtual', 'loyalty-1'],
        ['google_compute_vpn_tunnel.hub', 'network', 'logical', 'hub'],
        ['kubernetes_deployment.seatmap', 'container-workload', 'logical', 'seatmap'],
      ],
    );
    expect(
      records.every(({ assetKind, half, partial }) => half === 'book' && assetKind === undefined && !partial),
    ).toBe(true);
    expect(records.slice(0, 3).map(({ line }) => line)).toEqual([15, 15, 45]);
  });

  it('names resources as the inventories of their providers do', async () => {
    const records = await recordsOf(version4);
    const account = 'aws:111122223333/eu-north-1';
    const azure = 'azure:/subscriptions/5a000000-0000-4000-8000-000000000001/resourcegroups/checkin/providers';
    expect(records.map((record) => valuesOf(record, 'cloudId')[0])).toEqual([
      `${account}/aws::ec2::subnet/subnet-0606060606060606b`,
      `${account}/aws::ec2::subnet/subnet-0606060606060606c`,
      'aws:i-0aa11bb22cc33dd44',
      `${account}/aws::rds::dbinstance/db-abcdefghijklmnopqrstuvwx23`,
      'aws:111122223333/global/aws::s3::bucket/skyways-boarding',
      undefined,
      `${azure}/microsoft.compute/virtualmachines/checkin-1`,
      undefined,
      `${azure}/microsoft.storage/storageaccounts/bags`,
      'gcp://compute.googleapis.com/projects/skyways-prod/zones/europe-north1-a/instances/loyalty-1',
      'gcp://compute.googleapis.com/projects/skyways-prod/regions/europe-north1/vpntunnels/hub',
      undefined,
    ]);
    expect(valuesOf(named(records, 'checkin-1'), 'uuid')).toEqual(['9a8b7c6d-1111-4222-8333-444455556666']);
    expect(valuesOf(named(records, 'seatmap'), 'k8sUid')).toEqual(['c0000000-0000-4000-8000-0000000000c1']);
    expect(records.flatMap(({ warnings }, index) => (warnings.length > 0 ? [index] : []))).toEqual([5, 7]);
  });

  it('shows what is declared in a section of its own', async () => {
    const crewplan = named(await recordsOf(version4), 'crewplan-1');
    expect(crewplan.sections).toEqual({
      declared: {
        ami: 'ami-0123',
        arn: 'arn:aws:ec2:eu-north-1:111122223333:instance/i-0aa11bb22cc33dd44',
        availability_zone: 'eu-north-1a',
        id: 'i-0AA11bb22cc33dd44',
        instance_type: 'm7i.large',
        private_ip: '10.20.1.15',
        type: 'aws_instance',
        name: 'crewplan',
        address: 'module.net["north"].aws_instance.crewplan["blue"]',
        module: 'module.net["north"]',
        provider: 'aws',
        tainted: true,
      },
      declaredTags: { Name: 'crewplan-1' },
    });
  });

  it('depends on what is in the file: every instance of the resource, by its native key', async () => {
    const records = await recordsOf(version4);
    const subnets = [0, 1].map((index) => `depends on out ${key(`module.net["north"].aws_subnet.front[${index}]`)}`);
    expect(linksOf(named(records, 'crewplan-1'))).toEqual(subnets);
    expect(linksOf(named(records, 'seats'))).toEqual(subnets);
  });

  it('carries no secret, neither what the state calls sensitive nor what it does not', async () => {
    const written = JSON.stringify(await recordsOf(version4));
    expect(version4.match(/planted/g)?.length).toBeGreaterThan(12);
    expect(written.toLowerCase()).not.toMatch(/planted|cgxhbnrlza/);
  });

  it('reads a state whose keys were sorted, with the version at its end', async () => {
    const { version, terraform_version, lineage, ...rest } = state;
    const sorted = JSON.stringify({ ...rest, lineage, terraform_version, version });
    expect(formatOf(JSON.stringify({ resources: state.resources }).slice(0, 4000))).toBe('terraform-state');
    expect((await recordsOf(sorted)).map(withoutLine)).toEqual((await recordsOf(version4)).map(withoutLine));
  });

  it('has nothing to say for an empty state', async () => {
    expect(
      await parseAll(JSON.stringify({ version: 4, terraform_version: '1.9.5', serial: 1, resources: [] })),
    ).toEqual([]);
  });

  it('leaves account and region open where the resources of one provider do not agree', async () => {
    const cluster = (name: string, region: string) => ({
      mode: 'managed',
      type: 'aws_eks_cluster',
      name,
      provider: 'provider.aws',
      instances: [{ attributes: { name, arn: `arn:aws:eks:${region}:111122223333:cluster/${name}` } }],
    });
    const ecr = { ...cluster('bags', 'x'), type: 'aws_ecr_repository', instances: [{ attributes: { name: 'bags' } }] };
    const idsOf = async (...resources: Json[]) =>
      (await recordsOf({ version: 4, terraform_version: '1.9.5', resources })).map(
        (one) => valuesOf(one, 'cloudId')[0],
      );
    expect((await idsOf(cluster('a', 'eu-north-1'), ecr))[1]).toBe(
      'aws:111122223333/eu-north-1/aws::ecr::repository/bags',
    );
    expect((await idsOf(cluster('a', 'eu-north-1'), cluster('b', 'eu-west-1'), ecr))[2]).toBeUndefined();
  });
});
