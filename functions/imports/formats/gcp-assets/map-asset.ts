import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { momentOf } from '../aws/moment.ts';
import { tagSection } from '../aws/tags.ts';
import { smallFacts, smallText } from '../cloud/small-facts.ts';
import { facts, recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import { isObject } from '../glpi-json/values.ts';
import { nodeIdentifiers } from '../kubernetes/node.ts';
import { readObject } from '../kubernetes/object.ts';
import type { Asset } from './asset.ts';
import { classifyGcp } from './classify.ts';
import { instanceIdentifiers, instanceSections } from './instance.ts';
import { gcpCloudId, gcpKey, lastPart, partOf } from './names.ts';
import { relationsOf } from './relations.ts';

/** Small facts of any resource that cannot hold a secret; everything else of it stays in the file. */
const shown = [
  'address',
  'addressType',
  'connectionName',
  'currentMasterVersion',
  'currentNodeCount',
  'databaseVersion',
  'direction',
  'dnsName',
  'email',
  'endpoint',
  'gatewayAddress',
  'instanceType',
  'ipCidrRange',
  'IPAddress',
  'lifecycleState',
  'location',
  'memorySizeGb',
  'nodeCount',
  'portRange',
  'projectId',
  'projectNumber',
  'purpose',
  'runtime',
  'sizeGb',
  'state',
  'storageClass',
  'tier',
] as const;

const nameOf = ({ data, displayName, name }: Asset): string => {
  const metadata = isObject(data?.metadata) ? data.metadata.name : undefined;
  const inside = [data?.displayName, data?.clusterName, data?.name, metadata, displayName].flatMap(
    (one) => smallText(one) ?? [],
  );
  return lastPart(inside[0]) ?? lastPart(name) ?? name;
};

/** Section `cloud`. The resource id is what Google made at creation: a new one means that the name was taken again. */
const cloudFacts = ({ data, location, name, type }: Asset) =>
  facts({
    provider: 'gcp',
    project: partOf(name, 'projects'),
    location: location ?? partOf(name, '(?:zones|regions|locations)') ?? lastPart(data?.zone ?? data?.region),
    resourceType: type,
    resourceId: typeof data?.id === 'string' || typeof data?.id === 'number' ? String(data.id) : undefined,
    fullName: name,
    createdAt: momentOf(data?.creationTimestamp, data?.createTime, data?.creationTime, data?.timeCreated),
  });

/** An asset as canonical record: always a CI, never an asset of the books. What is deleted keeps nothing but what names it. */
export const mapAsset = (asset: Asset): Omit<DiscoveryRecord, 'recordIndex'> => {
  const { data, name, observedAt, type } = asset;
  const base = {
    nativeKey: gcpKey(name),
    half: 'discovery' as const,
    ...classifyGcp(type),
    ...(observedAt === undefined ? {} : { observedAt }),
  };
  const cloudId = identifier('cloudId', gcpCloudId(name));
  if (asset.deleted) {
    return { ...base, action: 'delete', partial: false, identifiers: cloudId, sections: {}, warnings: [] };
  }
  // Exports of policies and search answers say nothing of the resource itself, so they must not end what is known.
  const partial = data === undefined;
  const object =
    type.includes('k8s.io/') && data !== undefined ? readObject({ kind: lastPart(type), ...data }) : undefined;
  const isInstance = base.ciClass === 'virtual-machine' && object === undefined;
  return {
    ...base,
    action: 'upsert',
    partial,
    name: recordName(nameOf(asset)),
    identifiers: [
      ...cloudId,
      ...(isInstance && data !== undefined ? instanceIdentifiers(data) : []),
      ...(object === undefined ? [] : identifier('k8sUid', object.uid)),
      ...(object?.kind === 'Node' ? nodeIdentifiers(object) : []),
    ],
    sections: {
      ...sectionsFrom({
        cloud: cloudFacts(asset),
        ...(isInstance && data !== undefined
          ? instanceSections(data)
          : {
              resource: facts({
                ...smallFacts(data, shown),
                state: smallText(asset.state ?? data?.state ?? data?.status),
              }),
            }),
      }),
      ...tagSection(!partial, asset.labels),
    },
    ...(partial ? {} : { relations: relationsOf(asset) }),
    warnings: [],
  };
};
