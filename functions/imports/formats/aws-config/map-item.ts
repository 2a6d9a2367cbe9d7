import type { DiscoveryRecord, RecordWarning } from '../../../../domain/discovery/record.ts';
import { parseArn } from '../aws/arn.ts';
import { awsCloudId, awsKey, classifyAws, instanceType } from '../aws/resource.ts';
import { nameTagOf, tagSection } from '../aws/tags.ts';
import { recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import { impliedRelations } from './implied-relations.ts';
import { type Instance, instanceIdentifiers, instanceSections, readInstance } from './instance.ts';
import type { ConfigItem } from './item.ts';
import { relationsOf } from './relations.ts';
import { cloudFacts, resourceFacts } from './resource-facts.ts';

type Draft = Omit<DiscoveryRecord, 'recordIndex'>;

/** A resource as canonical record: always a CI, never an asset. What is deleted keeps nothing but what names it. */
export const mapItem = (item: ConfigItem): Draft => {
  const { configuration } = item;
  const instance = item.type === instanceType ? readInstance(configuration ?? {}) : undefined;
  const base = {
    nativeKey: awsKey(item),
    half: 'discovery' as const,
    ...classifyAws(item.type),
    ...(item.observedAt === undefined ? {} : { observedAt: item.observedAt }),
  };
  const cloudId = identifier('cloudId', awsCloudId(item));
  if (isGone(item, instance)) {
    return { ...base, action: 'delete', partial: false, identifiers: cloudId, sections: {}, warnings: [] };
  }
  // An answer without relationships or configuration says nothing of them, so it must not end what is known.
  const partial = configuration === undefined || item.relationships === undefined;
  const told = item.relationships?.length === 0 ? impliedRelations(configuration ?? {}) : (item.relationships ?? []);
  const { relations, warnings } = relationsOf(item, partial ? [] : told);
  return {
    ...base,
    action: 'upsert',
    partial,
    name: recordName(nameOf(item)),
    identifiers: [...cloudId, ...(instance === undefined ? [] : instanceIdentifiers(instance))],
    sections: {
      ...sectionsFrom({
        cloud: cloudFacts(item),
        ...(instance === undefined ? { resource: resourceFacts(configuration ?? {}) } : instanceSections(instance)),
      }),
      ...tagSection(!partial, item.tags, configuration?.tags, configuration?.tagList, configuration?.tagSet),
    },
    ...(partial ? {} : { relations }),
    warnings: [...warnings, ...oddities(item)],
  };
};

const isGone = ({ status }: ConfigItem, instance: Instance | undefined): boolean =>
  /deleted/i.test(status ?? '') || instance?.state?.name?.toLowerCase() === 'terminated';

const nameKeys = [
  'dBInstanceIdentifier',
  'dBClusterIdentifier',
  'functionName',
  'groupName',
  'loadBalancerName',
  'name',
];

const nameOf = ({ configuration, id, name, supplementary, tags }: ConfigItem): string => {
  const inside = nameKeys.map((key) => configuration?.[key]).find((value) => typeof value === 'string' && value !== '');
  const extra = (supplementary as { Tags?: unknown } | null | undefined)?.Tags;
  const tag = nameTagOf(tags, configuration?.tags, configuration?.tagList, configuration?.tagSet, extra);
  return tag ?? name ?? (typeof inside === 'string' ? inside : undefined) ?? parseArn(id)?.resource ?? id;
};

const oddities = (item: ConfigItem): RecordWarning[] => {
  const { account, arn, configuration, id, region, type } = item;
  const lacks = [...(account === undefined ? ['account'] : []), ...(region === undefined ? ['region'] : [])];
  const found: RecordWarning[] = [];
  if (awsCloudId(item) === undefined) {
    const detail = `The file does not tell the ${lacks.join(' and ') || 'form of the id'}, so the resource is known to this source only.`;
    found.push({ code: 'weak-identity', detail });
  }
  if (arn !== undefined && configuration !== undefined && !arn.includes(id) && type.startsWith('AWS::EC2::')) {
    found.push({
      code: 'arn-differs',
      detail: `The ARN names another resource: ${arn.slice(0, 200)}. The resource id was used.`,
    });
  }
  if (configuration === undefined) {
    found.push({ code: 'no-configuration', detail: 'The item carries no configuration; what is known of it is kept.' });
  }
  return found;
};
