import * as z from 'zod';
import { parseArn } from '../aws/arn.ts';
import { lowerKeys } from '../aws/lower-keys.ts';
import { placeOfKey } from '../aws/place-of-key.ts';
import { instanceType } from '../aws/resource.ts';
import type { ConfigItem } from '../aws-config/item.ts';
import { isObject, one, rows, text } from '../glpi-json/values.ts';

const DescribedInstance = z.object({
  instanceId: text,
  networkInterfaces: rows(z.object({ ownerId: text })),
  placement: one(z.object({ availabilityZone: text })),
});

const DescribedDatabase = z.object({
  availabilityZone: text,
  dBInstanceArn: text,
  dBInstanceIdentifier: text,
  dbiResourceId: text,
});

/** `eu-west-1a` lies in `eu-west-1`; local zones (`us-west-2-lax-1a`) in the region they begin with. */
const regionOf = (zone: string | undefined): string | undefined =>
  /^[a-z]{2}(?:-(?:gov|iso[a-z]?))?-[a-z]+-\d/.exec(zone ?? '')?.[0];

const accountOf = (...values: unknown[]): string | undefined => {
  const found = values.map((value) => String(value ?? '')).find((value) => /^\d{6,12}$/.test(value));
  return found?.padStart(12, '0');
};

type Names = Pick<ConfigItem, 'account' | 'region' | 'type' | 'id' | 'arn' | 'zone' | 'name'>;

/** The entry in the shape of a configuration item, so that one mapper serves both. What it is related to stands inside it. */
const asItem = (names: Names, configuration: Record<string, unknown>): ConfigItem => ({
  ...names,
  status: undefined,
  createdAt: undefined,
  observedAt: undefined,
  tags: configuration.tags,
  configuration,
  supplementary: undefined,
  relationships: [],
});

/** One entry of `Instances[]`; `owner` is the reservation's. Undefined without an id. */
export const describedInstance = (entry: unknown, owner: unknown, objectKey: string): ConfigItem | undefined => {
  const configuration = lowerKeys(entry);
  if (!isObject(configuration)) return undefined;
  const { instanceId, networkInterfaces = [], placement } = DescribedInstance.parse(configuration);
  if (instanceId === undefined) return undefined;
  const known = placeOfKey(objectKey);
  const zone = placement?.availabilityZone;
  const account = accountOf(owner, networkInterfaces[0]?.ownerId, known.account);
  const region = regionOf(zone) ?? known.region;
  const arn =
    account === undefined || region === undefined
      ? undefined
      : `arn:${partitionOf(region)}:ec2:${region}:${account}:instance/${instanceId}`;
  const names = { account, region, type: instanceType, id: instanceId, arn, zone, name: undefined };
  return asItem(names, isWhole(configuration) ? { tags: [], ...configuration } : configuration);
};

/** EC2 leaves `Tags` out where there are none; an answer cut down by `--query` may lack anything. */
const isWhole = (configuration: object): boolean =>
  ['instanceType', 'launchTime', 'placement', 'state'].every((name) => name in configuration);

const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

/** One entry of `DBInstances[]`, named by the id that AWS Config uses. Undefined when it has none. */
export const describedDatabase = (entry: unknown, objectKey: string): ConfigItem | undefined => {
  const configuration = lowerKeys(entry);
  if (!isObject(configuration)) return undefined;
  const {
    availabilityZone: zone,
    dBInstanceArn: arn,
    dBInstanceIdentifier,
    dbiResourceId,
  } = DescribedDatabase.parse(configuration);
  const id = dbiResourceId ?? dBInstanceIdentifier;
  if (id === undefined) return undefined;
  const known = placeOfKey(objectKey);
  const parts = parseArn(arn);
  const account = accountOf(parts?.account, known.account);
  const region = (parts?.region || undefined) ?? regionOf(zone) ?? known.region;
  return asItem(
    { account, region, type: 'AWS::RDS::DBInstance', id, arn, zone, name: dBInstanceIdentifier },
    configuration,
  );
};
