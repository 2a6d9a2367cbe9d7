import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { parseArn } from './arn.ts';

/** An AWS resource by the names that AWS Config uses. Account and region may be unknown. */
export type AwsResource = {
  account: string | undefined;
  region: string | undefined;
  type: string;
  id: string;
};

export const instanceType = 'AWS::EC2::Instance';
export const managedNodeType = 'AWS::SSM::ManagedInstance';

/** Services and types whose names are unique in the account (buckets: in the world), whichever region a tool writes beside them. */
const regionless = /^aws::(?:iam|cloudfront|route53|globalaccelerator|organizations)::|^aws::s3::bucket$/i;
/** Ids that AWS makes itself: a prefix and hex digits, or in capitals for databases. Names that people gave keep their case. */
const madeByAws = /^(?:[a-z]{1,12}-[\da-f]{8,17}|(?:db|cluster)-[\da-z]{20,40})$/i;
const nodeId = /^m?i-[\da-z-]+$/i;

/** The id without what account, region and type say already: ARNs lose their beginning. */
const idPart = ({ id }: AwsResource): string => {
  const name = parseArn(id)?.resource ?? id.trim();
  return madeByAws.test(name) ? name.toLowerCase() : name;
};

const regionPart = ({ region, type }: AwsResource): string | undefined =>
  regionless.test(type) ? 'global' : region?.toLowerCase();

/** How every AWS format names a resource towards its source: `<account>/<region>/<type>/<id>`; `-` stands for what is unknown. */
export const awsKey = (resource: AwsResource): string =>
  `${resource.account ?? '-'}/${regionPart(resource) ?? '-'}/${resource.type.toLowerCase()}/${idPart(resource)}`;

/**
 * The one notation of cloud ids of AWS, or undefined when account or region is unknown. Instances and managed nodes have ids that are
 * unique in the world: `aws:i-0123456789abcdef0`, `aws:mi-0123456789abcdef0`. Everything else: `aws:<account>/<region>/<type>/<id>`.
 */
export const awsCloudId = (resource: AwsResource): string | undefined => {
  const { account, id, type } = resource;
  if (type === instanceType || type === managedNodeType) return nodeId.test(id) ? `aws:${id.toLowerCase()}` : undefined;
  if (account === undefined || regionPart(resource) === undefined) return undefined;
  return `aws:${awsKey(resource)}`;
};

const databases = /^AWS::RDS::DB(?:Instance|Cluster)$/;
const networks =
  /^AWS::EC2::(?:VPC|Subnet|SecurityGroup|RouteTable|NetworkAcl|InternetGateway|EgressOnlyInternetGateway|NatGateway|TransitGateway|VPNGateway|CustomerGateway|VPNConnection|VPCPeeringConnection|VPCEndpoint)$/;

/** Class and nature by type; nothing of AWS is an asset. */
export const classifyAws = (
  type: string,
): Pick<DiscoveryRecord, 'nature'> & Required<Pick<DiscoveryRecord, 'ciClass'>> => {
  if (type === instanceType) return { ciClass: 'virtual-machine', nature: 'virtual' };
  if (databases.test(type)) return { ciClass: 'database', nature: 'logical' };
  return { ciClass: networks.test(type) ? 'network' : 'cloud-resource', nature: 'logical' };
};
