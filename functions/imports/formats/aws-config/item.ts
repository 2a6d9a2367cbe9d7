import * as z from 'zod';
import { parseArn, resourceOfArn } from '../aws/arn.ts';
import { lowerKeys } from '../aws/lower-keys.ts';
import { momentOf } from '../aws/moment.ts';
import type { AwsResource } from '../aws/resource.ts';
import { isObject, objectsOf, text } from '../glpi-json/values.ts';

/** One relationship as AWS Config tells it. Either id or name may be missing. */
export type ToldRelation = { type: string; id: string | undefined; name: string | undefined; told: string };

/** A configuration item, read from any of its dialects. `relationships` is absent when the answer does not carry them. */
export type ConfigItem = AwsResource & {
  arn: string | undefined;
  name: string | undefined;
  zone: string | undefined;
  status: string | undefined;
  createdAt: string | undefined;
  observedAt: string | undefined;
  tags: unknown;
  configuration: Record<string, unknown> | undefined;
  supplementary: unknown;
  relationships: ToldRelation[] | undefined;
};

const Dialects = z.object({
  ARN: text,
  arn: text,
  awsAccountId: text,
  accountId: text,
  awsRegion: text,
  availabilityZone: text,
  configurationItemStatus: text,
  resourceId: text,
  resourceName: text,
  resourceType: text,
});

const Relationship = z.object({
  resourceType: text,
  resourceId: text,
  resourceName: text,
  name: text,
  relationshipName: text,
});

const ownArns = [
  'arn',
  'functionArn',
  'tableArn',
  'loadBalancerArn',
  'dBInstanceArn',
  'dBClusterArn',
  'clusterArn',
  'keyArn',
  'topicArn',
];

const readConfiguration = (value: unknown): Record<string, unknown> | undefined => {
  if (typeof value === 'string') {
    try {
      return readConfiguration(JSON.parse(value));
    } catch {
      return undefined;
    }
  }
  const lowered = lowerKeys(value);
  return isObject(lowered) && Object.keys(lowered).length > 0 ? lowered : undefined;
};

const readRelationships = (value: unknown): ToldRelation[] | undefined =>
  Array.isArray(value)
    ? objectsOf(value).flatMap((raw) => {
        const { name, relationshipName, resourceId, resourceName, resourceType } = Relationship.parse(raw);
        if (resourceType === undefined) return [];
        return [{ type: resourceType, id: resourceId, name: resourceName, told: name ?? relationshipName ?? '' }];
      })
    : undefined;

/** Twelve digits; leading zeros are lost where the account was written as a number. */
const readAccount = (...values: (string | undefined)[]): string | undefined =>
  values.find((value) => value !== undefined && /^\d{6,12}$/.test(value))?.padStart(12, '0');

/** The zone, unless the item is not bound to one (`Not Applicable`, `Regional`, `Multiple Availability Zones`). */
const readZone = (zone: string | undefined): string | undefined =>
  zone !== undefined && /^[a-z]{2}-[a-z\d-]+$/.test(zone) ? zone : undefined;

/**
 * Reads an item of a snapshot, a notification, a history answer, a batch answer or a query. What an answer leaves out (account, region,
 * type, id) is taken from the ARN. Undefined when type or id cannot be told: then nothing names the resource.
 */
export const readItem = (raw: Record<string, unknown>): ConfigItem | undefined => {
  const read = Dialects.parse(raw);
  const configuration = readConfiguration(raw.configuration);
  const inside = ownArns.map((key) => configuration?.[key]).find((value) => typeof value === 'string');
  const arnText = read.ARN ?? read.arn ?? (typeof inside === 'string' ? inside : undefined);
  const arn = parseArn(arnText);
  const named = arn === undefined ? undefined : resourceOfArn(arn);
  const type = read.resourceType ?? named?.type;
  const id = read.resourceId ?? named?.id ?? read.resourceName;
  if (type === undefined || id === undefined) return undefined;
  return {
    account: readAccount(read.awsAccountId, read.accountId, arn?.account),
    region: (read.awsRegion ?? (arn?.region || undefined))?.toLowerCase(),
    type,
    id,
    arn: arnText,
    name: read.resourceName,
    zone: readZone(read.availabilityZone),
    status: read.configurationItemStatus,
    createdAt: momentOf(raw.resourceCreationTime),
    observedAt: momentOf(raw.configurationItemCaptureTime, raw.configurationStateId),
    tags: raw.tags,
    configuration,
    supplementary: raw.supplementaryConfiguration,
    relationships: readRelationships(raw.relationships),
  };
};
