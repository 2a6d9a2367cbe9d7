import type { Code } from 'aws-cdk-lib/aws-lambda';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { apiFunctions, consumers } from '../application.ts';
import { addConsumer } from '../constructs/add-consumer.ts';
import { Alarms } from '../constructs/alarms.ts';
import { ChunkQueue } from '../constructs/chunk-queue.ts';
import { addDeadUploads } from '../constructs/dead-uploads.ts';
import { HangarApi } from '../constructs/hangar-api.ts';
import { defaultTimeout, ServiceFunction } from '../constructs/service-function.ts';
import { variablesOf } from '../resources.ts';
import type { Stage } from '../stage.ts';
import type { StateStack } from './state-stack.ts';

type Props = StackProps & { stage: Stage; state: StateStack; codeOf: (name: string) => Code };

/** Everything that works and can be made again at any time: functions, API, queues, rules, alarms. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { stage, state, codeOf, ...props }: Props) {
    super(scope, id, { description: 'Hangar: API, functions, queues, alarms', ...props });
    const { table, uploads, data, bus } = state;
    const chunks = new ChunkQueue(this, 'Chunks', { consumerTimeout: longestTimeout() });
    const deadUploadQueues = addDeadUploads(this);
    const queues = { chunkQueue: chunks.queue, deadChunkQueue: chunks.deadLetters, deadUploadQueues };
    const variables = variablesOf(stage, state, queues);
    const shared = { resources: { table, uploads, data, bus, ...queues, variables }, codeOf };

    const functions = apiFunctions.map(({ settings, operations }) => ({
      ...new ServiceFunction(this, settings.name, { settings, ...shared }),
      name: settings.name,
      operations: Object.values(operations),
    }));
    const api = new HangarApi(this, 'Api', { name: stage.name, tokens: state.tokens, functions });
    const woken = consumers.map((consumer) => addConsumer(this, consumer, shared));
    const watches = [table, chunks, api, ...functions, ...woken].flatMap((watched) => watched.watches);
    const alarms = new Alarms(this, 'Alarms', { watches });

    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'UploadsBucket', { value: uploads.bucketName });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topic.topicArn });
    new CfnOutput(this, 'TokenIssuer', { value: state.tokens.issuer });
    new CfnOutput(this, 'TokenAudience', { value: state.tokens.audience });
  }
}

/** Of all that read the chunk queue. */
const longestTimeout = (): Duration =>
  Duration.seconds(
    Math.max(
      ...consumers
        .filter(({ trigger }) => trigger.kind === 'queue')
        .map(({ settings }) => settings.timeoutSeconds ?? defaultTimeout),
    ),
  );
