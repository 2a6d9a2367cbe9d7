import { describe, expect, it } from '@jest/globals';
import { ciEntity } from '../../functions/cis/entity.ts';
import {
  awsSnapshot,
  declaredGroup,
  declaredInstance,
  driftWorld,
  foundGroup,
  foundInstance,
  terraformState,
} from '../support/drift-world.ts';

const wanted = {
  ami: 'ami-0123',
  instance_type: 'm7i.large',
  private_ip: '10.20.1.15',
  availability_zone: 'eu-north-1a',
  password_data: 'planted-password',
  tags: { Name: 'boarding-1', Team: 'Gates', Stage: 'live' },
};
const there = { instanceType: 'm7i.large', imageId: 'AMI-0123', privateIpAddress: '10.20.1.15' };

const short = (all: { kind: string; subject: string; declared?: Said; discovered?: Said; state: string }[]) =>
  all.map(({ kind, subject, declared, discovered, state }) => [
    kind,
    subject,
    declared?.value,
    discovered?.value,
    state,
  ]);
type Said = { value?: unknown };

const declare = (attributes: object = {}, groups = [1, 2]) =>
  terraformState([
    declaredGroup(1, {}, ['aws_security_group.group3']),
    declaredGroup(2),
    declaredGroup(3),
    declaredGroup(4),
    declaredInstance({ ...wanted, ...attributes }, [...groups, 3]),
  ]);
const discover = (minute: number, configuration: object, tags: object, groups: number[]) =>
  awsSnapshot(
    [
      foundGroup(1),
      foundGroup(2),
      foundGroup(3),
      foundGroup(4),
      foundInstance(
        { ...there, ...configuration },
        { Name: 'boarding-1', Team: 'Gates', Stage: 'live', Extra: 'x', ...tags },
        groups,
      ),
    ],
    minute,
  );

describe('a state of Terraform beside what AWS Config found', () => {
  it('drifts in what both speak of: instance type, address, tags, security groups; in nothing else', async () => {
    const { upload, findings, call } = driftWorld();
    await upload('terraform', declare());
    expect(await findings()).toEqual([]);
    await upload(
      'aws',
      discover(1, { instanceType: 'm7i.xlarge', privateIpAddress: '10.20.1.99' }, { Team: 'Ramp', Stage: '' }, [1, 4]),
    );
    const found = await findings();
    expect(short(found).sort()).toEqual([
      ['attribute', 'instanceType', 'm7i.large', 'm7i.xlarge', 'open'],
      ['attribute', 'privateIp', '10.20.1.15', ['10.20.1.99'], 'open'],
      ['attribute', 'tags.Stage', 'live', undefined, 'open'],
      ['attribute', 'tags.Team', 'Gates', 'Ramp', 'open'],
      ['edge', 'securityGroup', undefined, 'gates-4', 'open'],
      ['edge', 'securityGroup', 'gates-2', undefined, 'open'],
    ]);
    expect(found[0]).toMatchObject({
      declared: { source: 'terraform' },
      discovered: { source: 'aws', at: '2026-11-20T08:01:00.000Z' },
    });
    expect(JSON.stringify(found)).not.toContain('planted');
    const [{ ciId, findingId }] = found;
    expect(await findings({ ciId, class: 'virtual-machine', state: 'open' })).toHaveLength(6);
    expect(await findings({ class: 'server' })).toEqual([]);
    const one = await call('getDriftFinding', { path: { findingId } });
    expect([one.status, one.body]).toEqual([200, found[0]]);
  });

  it('is one finding however often it is seen, resolves itself, and comes back as the same', async () => {
    const { upload, findings, events, table } = driftWorld();
    await upload('terraform', declare());
    const told = () => events.filter(({ type }) => type.startsWith('Drift')).map(({ type }) => type);
    await upload('aws', discover(1, { instanceType: 'm7i.xlarge' }, {}, [1, 2]));
    const [first] = await findings();
    const before = table.meter.writeUnits;
    await upload('aws', discover(2, { instanceType: 'm7i.xlarge' }, { Cost: 'new' }, [1, 2]));
    expect(table.meter.writeUnits).toBeGreaterThanOrEqual(before);
    expect(await findings()).toEqual([first]);
    await upload('aws', discover(3, { instanceType: 'm7i.large' }, {}, [1, 2]));
    expect(short(await findings({ state: 'resolved' }))).toEqual([
      ['attribute', 'instanceType', 'm7i.large', 'm7i.xlarge', 'resolved'],
    ]);
    expect(await findings({ state: 'open' })).toEqual([]);
    await upload('terraform', declare({ instance_type: 'm7i.2xlarge' }));
    expect(await findings()).toMatchObject([
      { findingId: first.findingId, state: 'open', occurrences: 2, firstSeen: first.firstSeen },
    ]);
    expect(told()).toEqual(['DriftDetected', 'DriftResolved', 'DriftDetected']);
  });

  it('is accepted by a person until a moment or until the values change', async () => {
    const { upload, findings, call, relay } = driftWorld();
    await upload('terraform', declare());
    await upload('aws', discover(1, { instanceType: 'm7i.xlarge' }, {}, [1, 2]));
    const [{ findingId }] = await findings();
    const decide = (body: object) =>
      call('decideDriftFinding', { path: { findingId }, body: { reason: 'Load test', ...body } });
    expect((await decide({ decision: 'accept', until: '2025-12-31T00:00:00Z' })).status).toBe(422);
    const until = '2026-01-01T00:00:10.000Z';
    expect((await decide({ decision: 'accept', until })).body).toMatchObject({
      state: 'accepted',
      decision: { until, by: 'kim' },
    });
    await relay();
    expect(await findings({ state: 'open' })).toEqual([]);
    for (let n = 0; n < 8; n += 1) await findings();
    expect(await findings({ state: 'open' })).toMatchObject([{ findingId, state: 'open' }]);
    expect((await decide({ decision: 'accept' })).body.state).toBe('accepted');
    await upload('aws', discover(2, { instanceType: 'm7i.xlarge' }, { Cost: 'new' }, [1, 2]));
    expect(await findings({ state: 'accepted' })).toHaveLength(1);
    await upload('aws', discover(3, { instanceType: 'm7i.metal' }, {}, [1, 2]));
    expect(await findings({ state: 'open' })).toMatchObject([{ findingId, occurrences: 2 }]);
    expect((await decide({ decision: 'accept' })).body.state).toBe('accepted');
    const endless = await decide({ decision: 'reopen', until });
    expect([endless.status, endless.body.errors[0].pointer]).toEqual([400, '#/body/until']);
    expect((await decide({ decision: 'reopen' })).body.state).toBe('open');
    await upload('aws', discover(4, {}, {}, [1, 2]));
    expect((await decide({ decision: 'accept' })).status).toBe(409);
  });

  it('lets go of what the state no longer says, with its next complete record', async () => {
    const { upload, findings, call } = driftWorld();
    await upload('terraform', declare());
    await upload('aws', discover(1, { instanceType: 'm7i.xlarge' }, { Team: 'Ramp' }, [1, 2]));
    const [{ ciId }] = await findings({ state: 'open' });
    const { tags: _tags, instance_type: _type, ...less } = wanted;
    const groups = [
      declaredGroup(1, {}, ['aws_security_group.group3']),
      declaredGroup(2),
      declaredGroup(3),
      declaredGroup(4),
    ];
    await upload('terraform', terraformState([...groups, declaredInstance(less, [1, 2, 3])]));
    const { attributes } = (await call('getCi', { path: { ciId } })).body;
    expect(attributes).toMatchObject({
      'declared.ami': 'ami-0123',
      'virtualMachine.type': 'm7i.xlarge',
      'tags.Team': 'Ramp',
    });
    expect(Object.keys(attributes).filter((name) => /instance_type|declaredTags/.test(name))).toEqual([]);
    expect(await findings({ state: 'open' })).toEqual([]);
    expect(await findings({ state: 'resolved' })).toHaveLength(2);
  });

  it('sees that the last tag was taken off', async () => {
    const { upload, findings } = driftWorld();
    await upload('terraform', declare());
    await upload('aws', discover(1, {}, {}, [1, 2]));
    expect(await findings()).toEqual([]);
    const bare = { ...foundInstance(there, {}, [1, 2]), tags: {} };
    await upload('aws', awsSnapshot([foundGroup(1), foundGroup(2), bare], 2));
    expect((await findings()).map(({ subject }: { subject: string }) => subject).sort()).toEqual([
      'tags.Name',
      'tags.Stage',
      'tags.Team',
    ]);
  });
});

describe('a thing that one side alone names', () => {
  const instance = (n: number) => ({ ...foundInstance(there, {}, []), resourceId: `i-000000${n}`, ARN: arnOf(n) });
  const arnOf = (n: number) => `arn:aws:ec2:eu-north-1:111122223333:instance/i-000000${n}`;
  const declared = (n: number) => ({
    type: 'aws_instance',
    name: `gate${n}`,
    attributes: { id: `i-000000${n}`, arn: arnOf(n), instance_type: 'm7i.large' },
  });
  const alone = async (world: ReturnType<typeof driftWorld>) =>
    (await world.findings({ kind: 'presence' }))
      .map(({ subject, declared, discovered, state }: Record<string, Said & string>) => [
        subject,
        declared?.value ?? discovered?.value,
        state,
      ])
      .sort();
  const expected = [
    ['notDeclared', arnOf(3), 'open'],
    ['notDeclared', arnOf(4), 'open'],
    ['notDiscovered', 'aws_instance.gate1', 'open'],
  ];
  const files: [string, string][] = [
    ['aws', awsSnapshot([2, 3, 4].map(instance), 1)],
    ['terraform', terraformState([declared(1), declared(2)])],
  ];

  it.each([
    ['the state', [1, 0]],
    ['the snapshot', [0, 1]],
  ])('is found when %s comes first, and only where both speak of such things', async (_what, order) => {
    const world = driftWorld();
    for (const n of order) {
      expect(await alone(world)).toEqual([]);
      await world.upload(...(files[n] as [string, string]));
    }
    expect(await alone(world)).toEqual(expected);
    await world.upload('terraform', terraformState([declared(1), declared(2), declared(3)]));
    expect((await alone(world)).filter(([, , state]: string[]) => state === 'open')).toHaveLength(2);
    const events = world.events.filter(({ type }) => type.startsWith('Drift')).map(({ type }) => type);
    expect(events.sort()).toEqual(['DriftDetected', 'DriftDetected', 'DriftDetected', 'DriftResolved']);
    await world.relay();
  });

  it.each([
    ['when the import that named it is undone', { facets: {}, status: 'retired' }],
    ['when a source of another account names it', undefined],
  ])('is one no more %s', async (_what, undone) => {
    const world = driftWorld();
    for (const file of files) await world.upload(...file);
    const [{ ciId }] = (await world.findings({ kind: 'presence' })).filter(
      ({ subject }: { subject: string }) => subject === 'notDiscovered',
    );
    const item = await world.table.get(ciEntity.keyOf('skyways', ciId));
    if (item === undefined) throw new Error('no CI');
    const elsewhere = JSON.parse(JSON.stringify(item.d).replaceAll('111122223333', '444455556666'));
    const d = undone === undefined ? elsewhere : { ...(item.d as object), ...undone };
    const put = { ...item, d, v: item.v + 1 };
    expect(await world.table.writeEach([{ put, expect: item.v }])).toMatchObject([{ done: true }]);
    await world.relay(2);
    expect((await alone(world)).filter(([subject]: string[]) => subject === 'notDiscovered')).toEqual([
      ['notDiscovered', 'aws_instance.gate1', 'resolved'],
    ]);
  });
});
