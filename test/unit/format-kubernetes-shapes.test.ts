import { describe, expect, it } from '@jest/globals';
import { formatOf, parseAll, problemOf, recordOf, recordsOf, withoutLine } from '../support/aws.ts';
import { fixture } from '../support/cloud.ts';

type Json = Record<string, unknown>;

const text = fixture('kubernetes', 'cluster');
const list = JSON.parse(text) as { items: [Json, ...Json[]] };
const ofKind = (kind: string): Json[] => list.items.filter((item) => item.kind === kind);
const withoutKind = (items: readonly Json[]): Json[] =>
  items.map(({ apiVersion: _version, kind: _kind, ...rest }) => rest);

const deployment = 'uid:c0000000-0000-4000-8000-0000000000c1';

describe('the shapes of a dump', () => {
  const nodes = ofKind('Node');
  const bare = async (value: unknown) => (await recordsOf(value)).map(withoutLine);

  it.each([
    [
      'a list whose entries leave the kind out',
      { kind: 'NodeList', apiVersion: 'v1', metadata: {}, items: withoutKind(nodes) },
    ],
    [
      'a list that names its kind behind the entries',
      { apiVersion: 'v1', items: withoutKind(nodes), kind: 'NodeList' },
    ],
    ['a bare array', nodes],
    ['one object per line', nodes.map((node) => JSON.stringify(node)).join('\n')],
    ['documents one after another', nodes.map((node) => JSON.stringify(node, null, 2)).join('\n')],
    [
      'lists one after another',
      nodes.map((node) => JSON.stringify({ kind: 'NodeList', apiVersion: 'v1', items: [node] })).join('\n'),
    ],
  ])('reads %s', async (_name, value) => {
    const content = typeof value === 'string' ? value : JSON.stringify(value);
    expect(formatOf(content)).toBe('kubernetes');
    expect(await bare(value)).toEqual(await bare({ kind: 'List', apiVersion: 'v1', items: nodes }));
  });

  it('tells every kind that a list leaves out from what only it has', async () => {
    const kept = list.items.filter(({ kind }) => kind !== 'Secret' && kind !== 'ConfigMap');
    const records = await bare({ kind: 'List', apiVersion: 'v1', items: withoutKind(kept) });
    expect(records).toEqual(await bare(text));
  });

  it('takes the controller that replica sets alone tell of as heard of, no more', async () => {
    const record = await recordOf({
      kind: 'ReplicaSetList',
      apiVersion: 'apps/v1',
      items: withoutKind(ofKind('ReplicaSet')),
    });
    expect(record).toMatchObject({
      partial: true,
      name: 'seatmap',
      nativeKey: deployment,
      sections: { replicaSets: { count: 1 } },
    });
  });

  it('leaves unnamed kinds and other API groups alone, but rejects what nothing names beside the good ones', async () => {
    const [service] = ofKind('Service');
    const knative = { ...service, apiVersion: 'serving.knative.dev/v1' };
    const secret = { metadata: { name: 'keys', namespace: 'booking', uid: 'x' }, type: 'Opaque', data: {} };
    const parsed = await parseAll(
      JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [knative, secret, { kind: 'Node' }, service] }),
    );
    expect(parsed.map((one) => ('record' in one ? one.record.name : one.fault.errors[0]?.reason))).toEqual([
      'Nothing names this object: it needs its kind and metadata.name. Dump it with kubectl get -o json.',
      'seatmap',
    ]);
  });

  it('knows an object without uid by kind, namespace and name, and says so', async () => {
    const record = await recordOf({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'seatmap', namespace: 'booking' },
      spec: {},
    });
    expect(record).toMatchObject({
      nativeKey: 'deployment/booking/seatmap',
      identifiers: [],
      warnings: [{ code: 'weak-identity' }],
    });
  });
});

describe('what cannot be used', () => {
  it('says what to dump when a file holds pods alone, whose controller nothing tells', async () => {
    const problem = await problemOf(
      JSON.stringify({ kind: 'PodList', apiVersion: 'v1', items: ofKind('Pod').slice(0, 2) }),
    );
    expect(problem).toMatchObject({ code: 'no-usable-record', line: 1 });
    expect(problem.detail).toMatch(/2 pods.*dump those too/);
  });

  it('passes on why the API refused', async () => {
    const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'nodes is forbidden' };
    expect((await problemOf(JSON.stringify(status))).detail).toContain('The API refused to list: nodes is forbidden');
  });

  it('tells the place of broken JSON', async () => {
    const broken = text.replace('"name": "apron-1",', '"name": "apron-1" oops,');
    const parsed = await parseAll(broken);
    const fault = parsed.find((one) => 'fault' in one);
    expect(fault).toMatchObject({ fault: { line: 52, errors: [{ line: 52, column: 27 }] } });
    expect(parsed.length).toBeGreaterThan(5);
  });
});
