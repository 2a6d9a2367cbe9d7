import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { goOnPrefix } from '../functions/plan-import/contracts.ts';
import type { FunctionSettings } from '../functions/shared/environment.ts';
import { tableIndexes } from '../functions/store/contracts.ts';
import { consumers } from './application.ts';
import type { Resources } from './resources.ts';

type Access = FunctionSettings['access'];
type Grant = { actions: string[]; resources: string[] };

/**
 * What the role of a function may do, said by its settings: each action on each resource by name, no wildcard actions.
 * Transactions need the actions of their parts. Readers of a bucket may list it, because S3 only tells those that an object is missing
 * (404), and all others that it is forbidden (403).
 */
export const statementsOf = (access: Access, resources: Resources): PolicyStatement[] =>
  [
    ...tableGrants[access.table ?? 'none'](resources),
    ...uploadsGrants[access.uploads ?? 'none'](resources),
    ...dataGrants[access.data ?? 'none'](resources),
    ...queueGrants[access.chunkQueue ?? 'none'](resources),
    ...busGrants[access.bus ?? 'none'](resources),
  ].map((grant) => new PolicyStatement(grant));

type Grants<Level extends string> = Record<Level | 'none', (resources: Resources) => Grant[]>;

const none = (): Grant[] => [];

/** Where in the buckets functions read and write: in uploads, only where a consumer listens. */
export const objectsOf = ({ uploads, data }: Resources) => [
  ...uploadPrefixes.map((prefix) => ({ bucket: uploads, prefix })),
  { bucket: data, prefix: '' },
];

const uploadPrefixes = [
  ...new Set(consumers.flatMap(({ trigger }) => (trigger.kind === 'upload' ? trigger.keyPrefixes : []))),
];

const uploadsIn = ({ uploads }: Resources) => uploadPrefixes.map((prefix) => uploads.arnForObjects(`${prefix}*`));

/** Without what planners write for each other: that names any upload of any tenant. */
const postsIn = ({ uploads }: Resources) =>
  uploadPrefixes.filter((prefix) => prefix !== goOnPrefix).map((prefix) => uploads.arnForObjects(`${prefix}*`));

const readTable = ({ table }: Resources): Grant[] => [
  { actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'], resources: [table.tableArn] },
  {
    actions: ['dynamodb:Query'],
    resources: Object.keys(tableIndexes).map((index) => `${table.tableArn}/index/${index}`),
  },
];

const tableGrants: Grants<'read' | 'readWrite'> = {
  none,
  read: readTable,
  readWrite: (resources) => [
    ...readTable(resources),
    { actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem'], resources: [resources.table.tableArn] },
  ],
};

const readObjects = ({ uploads }: Resources, resources: string[]): Grant[] => [
  { actions: ['s3:ListBucket'], resources: [uploads.bucketArn] },
  { actions: ['s3:GetObject', 's3:GetObjectVersion'], resources },
];

const readUploads = (resources: Resources): Grant[] => readObjects(resources, uploadsIn(resources));

const callsIn = ({ uploads }: Resources): string[] => [uploads.arnForObjects(`${goOnPrefix}*`)];

const uploadsGrants: Grants<'read' | 'plan' | 'calls' | 'post'> = {
  none,
  read: readUploads,
  plan: (resources) => [...readUploads(resources), { actions: ['s3:PutObject'], resources: callsIn(resources) }],
  calls: (resources) => readObjects(resources, callsIn(resources)),
  post: (resources) => [{ actions: ['s3:PutObject'], resources: postsIn(resources) }],
};

const readData = ({ data }: Resources): Grant[] => [
  { actions: ['s3:ListBucket'], resources: [data.bucketArn] },
  { actions: ['s3:GetObject'], resources: [data.arnForObjects('*')] },
];

const dataGrants: Grants<'read' | 'readWrite'> = {
  none,
  read: readData,
  readWrite: (resources) => [
    ...readData(resources),
    { actions: ['s3:PutObject'], resources: [resources.data.arnForObjects('*')] },
  ],
};

const queueGrants: Grants<'send'> = {
  none,
  send: ({ chunkQueue }) => [{ actions: ['sqs:SendMessage'], resources: [chunkQueue.queueArn] }],
};

const busGrants: Grants<'put'> = {
  none,
  put: ({ bus }) => [{ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }],
};
