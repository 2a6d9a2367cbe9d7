import type { RawRelation, RecordWarning } from '../../../../domain/discovery/record.ts';
import { type AwsResource, awsCloudId, instanceType } from '../aws/resource.ts';
import type { ToldRelation } from './item.ts';

/** Types whose id is their name, so that a relationship without an id still names its target. */
const namedByName =
  /^AWS::(?:S3::Bucket|Lambda::Function|DynamoDB::Table|ElasticLoadBalancing::LoadBalancer|EKS::Cluster|ECR::Repository|CloudWatch::Alarm|CodePipeline::Pipeline|Redshift::Cluster|Elasticsearch::Domain)$/;

const interfaceType = 'AWS::EC2::NetworkInterface';
/** What others are attached to, the larger thing first. */
const bases = [instanceType, 'AWS::EC2::VPC', 'AWS::EC2::Subnet', interfaceType];
const rank = (type: string): number => (bases.includes(type) ? bases.indexOf(type) : bases.length);

/** Config writes `Is contained in Vpc`, `Is contained in ` and, in older files, `IscontainedinVpc`. */
const readTold = (told: string): Pick<RawRelation, 'type' | 'direction'> => {
  const word = told.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (word.startsWith('iscontainedin')) return { type: 'member of', direction: 'out' };
  if (word.startsWith('contains')) return { type: 'member of', direction: 'in' };
  if (word.startsWith('isattachedto')) return { type: 'attached to', direction: 'out' };
  return { type: 'associated with', direction: 'out' };
};

/**
 * One directed edge for what both ends tell. What is attached is attached to the larger thing; an interface, which its instance
 * "contains" while it calls itself attached, is attached too.
 */
const directed = (own: string, { type, told }: ToldRelation): Pick<RawRelation, 'type' | 'direction'> => {
  const read = readTold(told);
  const isInterface = [own, type].includes(instanceType) && [own, type].includes(interfaceType);
  if (read.type === 'associated with' || (read.type === 'member of' && !isInterface)) return read;
  const direction = rank(own) - rank(type) || (own < type ? 1 : -1);
  return { type: 'attached to', direction: own === type ? read.direction : direction > 0 ? 'out' : 'in' };
};

/**
 * The relations of a resource to others of its account and region, each once and in an order that does not depend on the file's.
 * Targets are named by cloud id; those that nothing names are left out with one warning.
 */
export const relationsOf = (
  own: AwsResource,
  told: readonly ToldRelation[],
): { relations: RawRelation[]; warnings: RecordWarning[] } => {
  const found = new Map<string, RawRelation>();
  const nameless = new Set<string>();
  const self = awsCloudId(own);
  for (const one of told) {
    const id = one.id ?? (namedByName.test(one.type) ? one.name : undefined);
    const target = id === undefined ? undefined : awsCloudId({ ...own, type: one.type, id });
    if (target === undefined) nameless.add(`${one.type} ${one.name ?? one.id ?? ''}`.trim().slice(0, 120));
    else if (target !== self) {
      const { type, direction } = directed(own.type, one);
      const name = one.name === undefined ? {} : { name: one.name.slice(0, 300) };
      const relation = { type, direction, identifiers: [{ type: 'cloudId' as const, value: target }], ...name };
      found.set(`${type} ${direction} ${target}`, relation);
    }
  }
  const names = [...nameless].sort();
  const detail = `Related resources that nothing names fully: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' ...' : ''}.`;
  return {
    relations: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation),
    warnings: names.length === 0 ? [] : [{ code: 'relation-without-id', detail }],
  };
};
