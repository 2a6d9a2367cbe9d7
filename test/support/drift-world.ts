import type { PublishedEvent } from '../../functions/bus/event-bus.ts';
import type { TableChange } from '../../functions/relay/relay.ts';
import type { Table, Write } from '../../functions/store/table.ts';
import { startApp } from './app.ts';
import { relayed, tableWithStream } from './import-relay.ts';
import { importRig } from './import-rig.ts';
import type { MemoryTable } from './memory-table.ts';

const account = '111122223333';
const region = 'eu-north-1';
const arn = (what: string) => `arn:aws:ec2:${region}:${account}:${what}`;

type Told = Record<string, unknown>;
/** One resource of a state: type, name, attributes, and the addresses it depends on. */
export type Declared = { type: string; name: string; attributes: Told; dependsOn?: readonly string[] };

/** A state of Terraform, version 4, of Skyways' account. */
export const terraformState = (resources: readonly Declared[]): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.9.5',
    serial: 1,
    lineage: '3b9c7f00-0000-4000-8000-00000000000a',
    outputs: {},
    resources: resources.map(({ type, name, attributes, dependsOn = [] }) => ({
      mode: 'managed',
      type,
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version: 1, attributes, dependencies: dependsOn }],
    })),
  });

export const declaredGroup = (n: number, attributes: Told = {}, dependsOn: readonly string[] = []): Declared => ({
  type: 'aws_security_group',
  name: `group${n}`,
  attributes: { id: `sg-0000000${n}`, arn: arn(`security-group/sg-0000000${n}`), name: `gates-${n}`, ...attributes },
  dependsOn,
});

export const declaredInstance = (
  attributes: Told,
  groups: readonly number[],
  more: readonly string[] = [],
): Declared => ({
  type: 'aws_instance',
  name: 'boarding',
  attributes: { id: 'i-0aa11bb2', arn: arn('instance/i-0aa11bb2'), ...attributes },
  dependsOn: [...groups.map((n) => `aws_security_group.group${n}`), ...more],
});

/** A snapshot of AWS Config, captured at a minute of the same day. */
export const awsSnapshot = (items: readonly Told[], minute = 0): string =>
  JSON.stringify({
    fileVersion: '1.0',
    configSnapshotId: `0b5c0f0e-1111-4222-8333-${String(minute).padStart(12, '0')}`,
    configurationItems: items.map((item) => ({
      configurationItemVersion: '1.3',
      configurationItemCaptureTime: `2026-11-20T08:${String(minute).padStart(2, '0')}:00.000Z`,
      awsAccountId: account,
      awsRegion: region,
      configurationItemStatus: 'OK',
      relationships: [],
      tags: {},
      ...item,
    })),
  });

export const foundGroup = (n: number): Told => ({
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: `sg-0000000${n}`,
  ARN: arn(`security-group/sg-0000000${n}`),
  configuration: { groupId: `sg-0000000${n}`, groupName: `gates-${n}` },
});

export const foundInstance = (configuration: Told, tags: Told, groups: readonly number[]): Told => ({
  resourceType: 'AWS::EC2::Instance',
  resourceId: 'i-0aa11bb2',
  ARN: arn('instance/i-0aa11bb2'),
  tags,
  configuration: { instanceId: 'i-0aa11bb2', state: { name: 'running' }, ...configuration },
  relationships: groups.map((n) => ({
    resourceId: `sg-0000000${n}`,
    resourceType: 'AWS::EC2::SecurityGroup',
    name: 'Is associated with SecurityGroup',
  })),
});

/** A table elsewhere with the log of what was written to it; before-images are not told. */
const watched = (given: Table): { table: Table; stream: TableChange[] } => {
  const stream: TableChange[] = [];
  const note = (write: Write) => void stream.push({ before: undefined, after: 'put' in write ? write.put : undefined });
  const table: Table = {
    ...given,
    transact: async (writes) => {
      await given.transact(writes);
      writes.forEach(note);
    },
    writeEach: async (writes) => {
      const results = await given.writeEach(writes);
      for (const [n, write] of writes.entries()) if (results[n]?.done === true) note(write);
      return results;
    },
  };
  return { table, stream };
};

/** The import path, the relay behind it, and the API, on one table, in memory or given. `relay` works the stream off until it is still. */
export const driftWorld = (given?: Table) => {
  const { table, stream } = given === undefined ? tableWithStream() : watched(given);
  const rig = importRig(table);
  const events: PublishedEvent[] = [];
  const relay = async (times = 1): Promise<void> => {
    while (stream.length > 0) {
      const batch = stream.splice(0, 100);
      for (let n = 0; n < times; n += 1) events.push(...(await relayed(table as MemoryTable, batch)).events);
    }
  };
  let files = 0;
  const upload = async (source: string, content: string) => {
    files += 1;
    const imported = await rig.importFile(source, `${files}.json`, content);
    await relay();
    return imported;
  };
  const { call } = startApp(table);
  const findings = async (query: Record<string, string> = {}) =>
    (await call('listDriftFindings', { query: { limit: '100', ...query } })).body.items;
  return { table, stream, rig, events, relay, upload, call, findings };
};
