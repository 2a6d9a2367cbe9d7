import { parseArn } from '../aws/arn.ts';
import { type AwsResource, awsCloudId } from '../aws/resource.ts';
import type { StateInstance } from './instance.ts';

/** The type by AWS Config, and the attribute that holds the id by which Config knows the resource (`id` where none is named). */
const types: Readonly<Record<string, readonly [type: string, attribute?: string]>> = {
  acm_certificate: ['AWS::ACM::Certificate', 'arn'],
  alb: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'arn'],
  autoscaling_group: ['AWS::AutoScaling::AutoScalingGroup', 'arn'],
  cloudfront_distribution: ['AWS::CloudFront::Distribution'],
  cloudwatch_metric_alarm: ['AWS::CloudWatch::Alarm', 'alarm_name'],
  customer_gateway: ['AWS::EC2::CustomerGateway'],
  db_instance: ['AWS::RDS::DBInstance', 'resource_id'],
  default_network_acl: ['AWS::EC2::NetworkAcl'],
  default_route_table: ['AWS::EC2::RouteTable'],
  default_security_group: ['AWS::EC2::SecurityGroup'],
  default_subnet: ['AWS::EC2::Subnet'],
  default_vpc: ['AWS::EC2::VPC'],
  dynamodb_table: ['AWS::DynamoDB::Table', 'name'],
  ebs_volume: ['AWS::EC2::Volume'],
  ec2_transit_gateway: ['AWS::EC2::TransitGateway'],
  ecr_repository: ['AWS::ECR::Repository', 'name'],
  ecs_cluster: ['AWS::ECS::Cluster', 'name'],
  efs_file_system: ['AWS::EFS::FileSystem'],
  egress_only_internet_gateway: ['AWS::EC2::EgressOnlyInternetGateway'],
  eip: ['AWS::EC2::EIP', 'allocation_id'],
  eks_cluster: ['AWS::EKS::Cluster', 'name'],
  elb: ['AWS::ElasticLoadBalancing::LoadBalancer', 'name'],
  iam_policy: ['AWS::IAM::Policy', 'policy_id'],
  iam_role: ['AWS::IAM::Role', 'unique_id'],
  iam_user: ['AWS::IAM::User', 'unique_id'],
  instance: ['AWS::EC2::Instance'],
  internet_gateway: ['AWS::EC2::InternetGateway'],
  kms_key: ['AWS::KMS::Key', 'key_id'],
  lambda_function: ['AWS::Lambda::Function', 'function_name'],
  launch_template: ['AWS::EC2::LaunchTemplate'],
  lb: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'arn'],
  nat_gateway: ['AWS::EC2::NatGateway'],
  network_acl: ['AWS::EC2::NetworkAcl'],
  network_interface: ['AWS::EC2::NetworkInterface'],
  rds_cluster: ['AWS::RDS::DBCluster', 'cluster_resource_id'],
  rds_cluster_instance: ['AWS::RDS::DBInstance', 'dbi_resource_id'],
  redshift_cluster: ['AWS::Redshift::Cluster', 'cluster_identifier'],
  route_table: ['AWS::EC2::RouteTable'],
  s3_bucket: ['AWS::S3::Bucket', 'bucket'],
  secretsmanager_secret: ['AWS::SecretsManager::Secret', 'arn'],
  security_group: ['AWS::EC2::SecurityGroup'],
  sns_topic: ['AWS::SNS::Topic', 'arn'],
  spot_instance_request: ['AWS::EC2::Instance', 'spot_instance_id'],
  sqs_queue: ['AWS::SQS::Queue', 'url'],
  subnet: ['AWS::EC2::Subnet'],
  volume: ['AWS::EC2::Volume'],
  vpc: ['AWS::EC2::VPC'],
  vpc_endpoint: ['AWS::EC2::VPCEndpoint'],
  vpc_peering_connection: ['AWS::EC2::VPCPeeringConnection'],
  vpn_connection: ['AWS::EC2::VPNConnection'],
  vpn_gateway: ['AWS::EC2::VPNGateway'],
};

/** The type by AWS Config of a resource type of Terraform, if it has one. */
export const awsTypeOf = (type: string): string | undefined => {
  const own = type.startsWith('aws_') ? type.slice(4) : '';
  return Object.hasOwn(types, own) ? types[own]?.[0] : undefined;
};

/** Account and region of each provider's configuration. */
export type AwsPlaces = ReadonlyMap<string, { account?: string; region?: string }>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const regionOfZone = (zone: unknown): string | undefined =>
  /^[a-z]{2}(?:-(?:gov|iso[a-z]?))?-[a-z]+-\d/.exec(textOf(zone) ?? '')?.[0];

/**
 * Where each provider works, told by the ARNs of its resources: one configuration of the provider is one account and one region.
 * Unknown where they do not agree.
 */
export const awsPlaces = (instances: readonly StateInstance[]): AwsPlaces => {
  const found = new Map<string, { accounts: Set<string>; regions: Set<string> }>();
  for (const { attributes, provider, type } of instances) {
    if (!type.startsWith('aws_')) continue;
    const place = found.get(provider) ?? { accounts: new Set(), regions: new Set() };
    found.set(provider, place);
    const arn = parseArn(textOf(attributes.arn));
    const region = (arn?.region || undefined) ?? regionOfZone(attributes.availability_zone);
    if (arn !== undefined && /^\d{12}$/.test(arn.account)) place.accounts.add(arn.account);
    if (region !== undefined) place.regions.add(region);
  }
  const only = (values: ReadonlySet<string>): string | undefined => (values.size === 1 ? [...values][0] : undefined);
  return new Map(
    [...found].map(([provider, { accounts, regions }]) => {
      const [account, region] = [only(accounts), only(regions)];
      return [provider, { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) }];
    }),
  );
};

/** The cloud id of a resource of AWS, in the notation of every AWS format; undefined when the state does not tell enough. */
export const awsIdOf = ({ attributes, provider, type }: StateInstance, places: AwsPlaces): string | undefined => {
  const [config, attribute = 'id'] = types[type.slice(4)] ?? [];
  // A bucket's id is its name; version 3 states often carry nothing else.
  const id = textOf(attributes[attribute]) ?? (attribute === 'bucket' ? textOf(attributes.id) : undefined);
  if (config === undefined || id === undefined || (attribute === 'arn' && parseArn(id) === undefined)) return undefined;
  const arn = parseArn(textOf(attributes.arn));
  const place = places.get(provider);
  const resource: AwsResource = {
    account: (arn?.account || undefined) ?? textOf(attributes.owner_id) ?? place?.account,
    region:
      (arn?.region || undefined) ??
      textOf(attributes.region) ??
      regionOfZone(attributes.availability_zone) ??
      place?.region,
    type: config,
    id,
  };
  return awsCloudId(resource);
};
