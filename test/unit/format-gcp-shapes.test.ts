import { describe, expect, it } from '@jest/globals';
import { recordOf, recordsOf, withoutLine } from '../support/aws.ts';
import { fixture, named } from '../support/cloud.ts';

type Json = Record<string, unknown>;

const text = fixture('gcp', 'export');
const assets = text.split('\n').flatMap((line): Json[] => (line.startsWith('{') ? [JSON.parse(line) as Json] : []));
const [project, instance] = assets as [Json, Json, ...Json[]];
const compute = 'gcp://compute.googleapis.com/projects/skyways-prod';
const machine = `${compute}/zones/europe-north1-a/instances/loyalty-1`;

/** The asset as present tools write it. */
const camel = ({ asset_type, iam_policy: _policy, resource, update_time, ...rest }: Json): Json => {
  const { discovery_name, ...inner } = (resource ?? {}) as Json;
  return {
    ...rest,
    assetType: String(asset_type).replace(/^google\.compute\./, 'compute.googleapis.com/'),
    ...(update_time === undefined ? {} : { updateTime: update_time }),
    resource: { ...inner, discoveryName: discovery_name },
  };
};

describe('the shapes of assets', () => {
  const stringly = {
    ...instance,
    resource: { ...(instance.resource as Json), data: JSON.stringify((instance.resource as Json).data) },
  };

  it.each([
    ['camel case', camel(instance)],
    ['a list of the API', { readTime: '2026-05-04T06:00:00Z', assets: [camel(instance)] }],
    ['a bare array of gcloud', [camel(instance)]],
    ['a feed message', { asset: camel(instance), window: { startTime: '2026-05-03T22:10:00.5Z' } }],
    ['a recorded history', { headers: { date: 'x' }, body: { assets: [{ window: {}, asset: camel(instance) }] } }],
    ['BigQuery, which writes the resource as a string', stringly],
  ])('reads %s', async (_name, value) => {
    expect(withoutLine(await recordOf(value))).toEqual(withoutLine(named(await recordsOf(text), 'loyalty-1')));
  });

  it('reads lists of the Compute API as the same instance', async () => {
    const { data } = instance.resource as { data: Json };
    const link =
      'https://www.googleapis.com/compute/v1/projects/skyways-prod/zones/europe-north1-a/instances/loyalty-1';
    const raw = { ...data, selfLink: link, kind: 'compute#instance' };
    const known = named(await recordsOf(text), 'loyalty-1');
    for (const value of [
      [raw],
      { kind: 'compute#instanceList', items: [raw] },
      {
        body: {
          kind: 'compute#instanceAggregatedList',
          items: { 'zones/a': { instances: [raw] }, 'zones/b': { warning: {} } },
        },
      },
    ]) {
      const record = await recordOf(value);
      expect([record.nativeKey, record.identifiers, record.sections]).toEqual([
        known.nativeKey,
        known.identifiers,
        known.sections,
      ]);
    }
  });

  it('reads a search as partial: it tells little of the resource', async () => {
    const record = await recordOf({
      results: [
        {
          name: '//storage.googleapis.com/skyways-bags',
          assetType: 'storage.googleapis.com/Bucket',
          displayName: 'skyways-bags',
          location: 'eu',
          labels: { team: 'bags' },
        },
      ],
    });
    expect(record).toMatchObject({
      partial: true,
      name: 'skyways-bags',
      sections: { cloud: { location: 'eu' }, tags: { team: 'bags' } },
    });
  });

  it('deletes what the feed says is deleted, at the moment it says', async () => {
    const record = await recordOf({
      asset: camel(instance),
      deleted: true,
      window: { startTime: '2026-05-04T05:00:00Z' },
      priorAsset: camel(instance),
    });
    expect(record).toMatchObject({
      action: 'delete',
      observedAt: '2026-05-04T05:00:00.000Z',
      sections: {},
      identifiers: [{ type: 'cloudId', value: machine }],
    });
    expect((await recordOf({ asset: camel(instance), deleted: false })).action).toBe('upsert');
  });

  it('gives the old type names their present form', async () => {
    const typed = async (asset_type: string) =>
      (await recordOf({ ...project, asset_type })).sections.cloud?.resourceType;
    expect(await typed('google.cloud.sql.Instance')).toBe('sqladmin.googleapis.com/Instance');
    expect(await typed('google.cloud.resourcemanager.Project')).toBe('cloudresourcemanager.googleapis.com/Project');
    expect(await typed('google.container.Cluster')).toBe('container.googleapis.com/Cluster');
  });
});
