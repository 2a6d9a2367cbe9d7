/** What each function's role may do, and on what; nothing else, by anybody. Written by hand: a wider role must be meant. */
const readTable = [
  'dynamodb:BatchGetItem Table',
  'dynamodb:GetItem Table',
  'dynamodb:Query Table',
  'dynamodb:Query Table/index',
];
const writeTable = [...readTable, 'dynamodb:DeleteItem Table', 'dynamodb:PutItem Table'];
const readData = ['s3:GetObject Data/*', 's3:ListBucket Data'];
const writeData = [...readData, 's3:PutObject Data/*'];
const readUploads = [
  's3:GetObject Uploads/discovery/*',
  's3:GetObject Uploads/go-on/*',
  's3:GetObject Uploads/tenants/*',
  's3:GetObjectVersion Uploads/discovery/*',
  's3:GetObjectVersion Uploads/go-on/*',
  's3:GetObjectVersion Uploads/tenants/*',
  's3:ListBucket Uploads',
];
const postUploads = ['s3:PutObject Uploads/discovery/*', 's3:PutObject Uploads/tenants/*'];
const sendChunks = ['sqs:SendMessage ChunksQueue'];
const callPlanners = ['s3:PutObject Uploads/go-on/*'];
const plan = [...writeTable, ...readUploads, ...callPlanners, ...writeData, ...sendChunks];
const takeChunks = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'].map(
  (action) => `${action} ChunksQueue`,
);
const readStream = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'].map(
  (action) => `${action} TableStream`,
);

export const expectedRoles: Record<string, readonly string[]> = {
  assets: writeTable,
  cis: writeTable,
  relationships: writeTable,
  bindings: writeTable,
  swaps: writeTable,
  graph: writeTable,
  maps: readTable,
  baselines: [...writeTable, ...writeData],
  drift: writeTable,
  imports: [...writeTable, ...readData],
  sources: writeTable,
  sightings: readTable,
  'unknown-devices': writeTable,
  uploads: [...writeTable, ...postUploads],
  merges: writeTable,
  'data-health': writeTable,
  software: [...readTable, ...readData],
  lookup: readTable,
  reconciliation: writeTable,
  model: writeTable,
  platform: [],
  'plan-import': [...plan, 'sqs:SendMessage planimportDeadLetters'],
  'plan-documents': [...plan, 'sqs:SendMessage plandocumentsDeadLetters'],
  'plan-registers': [...plan, 'sqs:SendMessage planregistersDeadLetters'],
  'apply-import': [...writeTable, ...writeData, ...sendChunks, ...takeChunks],
  'fail-import': [
    ...writeTable,
    ...['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'].map(
      (action) => `${action} ChunksDeadLetters`,
    ),
  ],
  'fail-planning': [
    ...writeTable,
    's3:GetObject Uploads/go-on/*',
    's3:GetObjectVersion Uploads/go-on/*',
    's3:ListBucket Uploads',
    ...['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'].flatMap((action) =>
      ['planimport', 'plandocuments', 'planregisters'].map((planner) => `${action} ${planner}DeadLetters`),
    ),
  ],
  aggregate: [
    ...writeTable,
    ...readData,
    ...readStream,
    'dynamodb:ListStreams *',
    'sqs:SendMessage aggregateDeadLetters',
  ],
  relay: [
    ...writeTable,
    ...readStream,
    'dynamodb:ListStreams *',
    'events:PutEvents Bus',
    ...sendChunks,
    'sqs:SendMessage relayDeadLetters',
  ],
};

/** What every function needs to be seen: its own logs, and traces. */
export const everyRole = (name: string): string[] => [
  `logs:CreateLogStream ${name} logs`,
  `logs:PutLogEvents ${name} logs`,
  'xray:PutTelemetryRecords *',
  'xray:PutTraceSegments *',
];
