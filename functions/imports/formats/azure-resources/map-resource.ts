import type { AttributeValue } from '../../../../domain/discovery/facts.ts';
import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { tagSection } from '../aws/tags.ts';
import { smallFacts, smallText, textList } from '../cloud/small-facts.ts';
import { facts, recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import { isObject } from '../glpi-json/values.ts';
import { classifyAzure, isArcMachine } from './classify.ts';
import { machineIdentifiers, machineSections, readMachine } from './machine.ts';
import { relationsOf } from './relations.ts';
import type { AzureResource } from './resource.ts';
import { azureCloudId, azureKey, partsOf } from './resource-id.ts';

/** Small facts of any resource that cannot hold a secret; everything else of it stays in the file. */
const shown = [
  'accessTier',
  'administratorState',
  'collation',
  'currentKubernetesVersion',
  'defaultHostName',
  'diskSizeGB',
  'enableHttpTrafficOnly',
  'fqdn',
  'fullyQualifiedDomainName',
  'hostName',
  'httpsOnly',
  'ipAddress',
  'kubernetesVersion',
  'loginServer',
  'macAddress',
  'maxSizeBytes',
  'osType',
  'primaryLocation',
  'publicIPAllocationMethod',
  'supportsHttpsTrafficOnly',
  'vaultUri',
  'version',
] as const;

const addressesOf = (properties: Record<string, unknown>): string[] | undefined => {
  const configurations = Array.isArray(properties.ipConfigurations) ? properties.ipConfigurations.filter(isObject) : [];
  const inside = configurations.map((one) => (isObject(one.properties) ? one.properties : one));
  return textList(inside.map(({ privateIPAddress }) => privateIPAddress));
};

/** Section `resource`: the facts of any type but machines. */
const resourceFacts = ({ properties = {} }: AzureResource): Record<string, AttributeValue> => {
  const space = isObject(properties.addressSpace) ? properties.addressSpace.addressPrefixes : undefined;
  return facts({
    ...smallFacts(properties, shown),
    addressSpace: Array.isArray(space) ? textList(space) : undefined,
    ipAddresses: addressesOf(properties),
  });
};

/** Section `cloud`: what the resource is to Azure. */
const cloudFacts = ({ id, kind, location, sku, type, zones }: AzureResource): Record<string, AttributeValue> => {
  const { resourceGroup, subscription } = partsOf(id);
  const zone = Array.isArray(zones) ? textList(zones)?.join(',') : undefined;
  return facts({
    provider: 'azure',
    account: subscription,
    resourceGroup,
    region: location,
    zone,
    resourceType: type,
    resourceId: id,
    kind: smallText(kind),
    sku: smallText(sku?.name),
    tier: smallText(sku?.tier),
  });
};

/**
 * A resource as canonical record: always a CI, never an asset of the books. Whichever service listed it, it has one native key and one
 * cloud id, and equal facts give an equal record.
 */
export const mapResource = (resource: AzureResource): Omit<DiscoveryRecord, 'recordIndex'> => {
  const { id, name, properties, type } = resource;
  const kind = classifyAzure(type);
  const isArc = isArcMachine(type);
  const machine = kind.ciClass === 'virtual-machine' || isArc ? readMachine(properties) : undefined;
  // A bare list of resources says nothing of their insides, so it must not end what is known.
  const partial = properties === undefined;
  return {
    nativeKey: azureKey(id),
    half: 'discovery',
    ...kind,
    action: 'upsert',
    partial,
    name: recordName(name),
    identifiers: [
      ...identifier('cloudId', azureCloudId(id)),
      ...(machine === undefined ? [] : machineIdentifiers(machine, isArc)),
    ],
    sections: {
      ...sectionsFrom({
        cloud: cloudFacts(resource),
        ...(machine === undefined ? { resource: resourceFacts(resource) } : machineSections(machine, isArc)),
      }),
      ...tagSection(!partial, resource.tags),
    },
    ...(partial ? {} : { relations: relationsOf(resource) }),
    warnings: [],
  };
};
