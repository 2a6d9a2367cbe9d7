import type { AttributeValue } from '../../../../domain/discovery/facts.ts';
import { facts } from '../glpi-json/facts.ts';
import { isObject } from '../glpi-json/values.ts';
import type { ConfigItem } from './item.ts';

/**
 * What is shown of a configuration: small facts that describe a resource and that cannot hold a secret. Everything else stays in the
 * file: user data, environment variables, policies, passwords, keys, and what changes by itself (free addresses, last use).
 */
const shown = [
  'allocatedStorage',
  'architecture',
  'billingMode',
  'cidrBlock',
  'dBInstanceClass',
  'dBInstanceIdentifier',
  'dBClusterIdentifier',
  'dBName',
  'dNSName',
  'encrypted',
  'engine',
  'engineVersion',
  'functionName',
  'groupName',
  'imageTagMutability',
  'instanceType',
  'interfaceType',
  'iops',
  'isDefault',
  'launchType',
  'licenseModel',
  'loadBalancerName',
  'macAddress',
  'memorySize',
  'multiAZ',
  'nodeType',
  'packageType',
  'platformVersion',
  'port',
  'privateIpAddress',
  'protocol',
  'publiclyAccessible',
  'repositoryUri',
  'runtime',
  'scheme',
  'size',
  'storageEncrypted',
  'storageType',
  'subnetId',
  'tableStatus',
  'timeout',
  'type',
  'version',
  'volumeType',
  'vpcId',
] as const;

const small = (value: unknown): AttributeValue | undefined => {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > 200 ? undefined : text;
};

/** `state` is a word, `{name}` or `{code}`; databases and others have a status of their own. */
const stateOf = (configuration: Record<string, unknown>): AttributeValue | undefined => {
  const { dBInstanceStatus, state, status } = configuration;
  if (isObject(state)) return small(state.name ?? state.code);
  return small(state) ?? small(dBInstanceStatus) ?? small(status);
};

/** Section `resource`: the facts of any type but instances. */
export const resourceFacts = (configuration: Record<string, unknown>) => {
  const { endpoint } = configuration;
  return facts({
    ...Object.fromEntries(shown.map((key) => [key, small(configuration[key])])),
    state: stateOf(configuration),
    ...(isObject(endpoint) ? { address: small(endpoint.address), port: small(endpoint.port) } : {}),
  });
};

/** Section `cloud`: what the resource is to AWS. */
export const cloudFacts = ({ account, arn, createdAt, id, region, type, zone }: ConfigItem) =>
  facts({ provider: 'aws', account, region, zone, resourceType: type, resourceId: id, arn, createdAt });
