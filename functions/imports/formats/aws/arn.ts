/** `arn:aws:ec2:eu-west-1:123456789012:instance/i-0123` taken apart; `resource` is everything behind the fifth colon. */
export type Arn = { service: string; region: string; account: string; resource: string };

/** Reads an ARN of any partition (`aws`, `aws-cn`, `aws-us-gov`); undefined when the text is none. */
export const parseArn = (text: string | undefined): Arn | undefined => {
  const parts = /^arn:aws[\w-]*:([\w-]+):([\w-]*):(\d*):(.+)$/i.exec(text?.trim() ?? '');
  if (parts === null) return undefined;
  const [, service = '', region = '', account = '', resource = ''] = parts;
  return { service: service.toLowerCase(), region: region.toLowerCase(), account, resource };
};

/** The Config types by service and first word of the resource, for answers that tell neither type nor id. */
const types: Readonly<Record<string, string>> = {
  'acm:certificate': 'AWS::ACM::Certificate',
  'cloudwatch:alarm': 'AWS::CloudWatch::Alarm',
  'dynamodb:table': 'AWS::DynamoDB::Table',
  'ec2:instance': 'AWS::EC2::Instance',
  'ec2:network-interface': 'AWS::EC2::NetworkInterface',
  'ec2:route-table': 'AWS::EC2::RouteTable',
  'ec2:security-group': 'AWS::EC2::SecurityGroup',
  'ec2:subnet': 'AWS::EC2::Subnet',
  'ec2:volume': 'AWS::EC2::Volume',
  'ec2:vpc': 'AWS::EC2::VPC',
  'ecr:repository': 'AWS::ECR::Repository',
  'ecs:cluster': 'AWS::ECS::Cluster',
  'ecs:service': 'AWS::ECS::Service',
  'eks:cluster': 'AWS::EKS::Cluster',
  'elasticloadbalancing:loadbalancer': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'iam:policy': 'AWS::IAM::Policy',
  'iam:role': 'AWS::IAM::Role',
  'iam:user': 'AWS::IAM::User',
  'kms:key': 'AWS::KMS::Key',
  'lambda:function': 'AWS::Lambda::Function',
  'rds:cluster': 'AWS::RDS::DBCluster',
  'rds:db': 'AWS::RDS::DBInstance',
  's3:': 'AWS::S3::Bucket',
  'sns:': 'AWS::SNS::Topic',
  'sqs:': 'AWS::SQS::Queue',
};

/** Type and id of what an ARN names, as AWS Config would write them; undefined for types that are not listed here. */
export const resourceOfArn = ({ service, resource }: Arn): { type: string; id: string } | undefined => {
  const bare = types[`${service}:`];
  if (bare !== undefined) return { type: bare, id: resource };
  const [, first = '', id = ''] = /^([^:/]+)[:/](.+)$/.exec(resource) ?? [];
  const type = types[`${service}:${first}`];
  if (type === undefined || id === '') return undefined;
  if (service === 'elasticloadbalancing') return { type, id: resource };
  return { type, id: service === 'lambda' ? (id.split(':')[0] ?? id) : id };
};
