import { eventBridgeBus } from '../bus/event-bus.ts';
import { sqsChunkQueue } from '../queue/sqs-chunk-queue.ts';
import { readEnvironment } from '../shared/environment.ts';
import { createLog } from '../shared/log.ts';
import { signedDocumentCalls } from '../store/document-calls-signed.ts';
import { dynamoTable } from '../store/dynamo-table.ts';
import { relayFunction } from './environment.ts';
import { handleStream } from './handler.ts';

const environment = readEnvironment(relayFunction);

export const handler = handleStream({
  table: dynamoTable(environment.TABLE_NAME, signedDocumentCalls()),
  queue: sqsChunkQueue(environment.CHUNK_QUEUE_URL),
  bus: eventBridgeBus(environment.BUS_NAME),
  log: createLog({ function: relayFunction.name }),
});
