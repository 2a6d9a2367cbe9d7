import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';
import { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';
import { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
import { MessageSpy } from '../../node_modules/fauxqs/dist/spy.js';
import { type SqsQueue, SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import { freePort, loopback } from './ports.ts';

export type { S3Store, SnsStore, SqsQueue };
export { SqsStore };
export type Emulator = {
  endpoint: string;
  s3: S3Store;
  sqs: SqsStore;
  sns: SnsStore;
  /** Called at once after an object was stored, before its uploader is answered. */
  onUpload: (listener: (bucket: string, key: string) => void) => void;
  stop: () => Promise<void>;
};

const largestUpload = 512 * 1024 * 1024;

/**
 * S3, SQS and SNS on one loopback port by fauxqs, in this process, kept in one SQLite file that survives a kill.
 * Its own `startFauxqs` would listen on every interface, so the same parts are put together here (exact version in package.json).
 *
 * What its S3 does not do, and no code of ours may therefore rely on locally: versions, If-Match and If-None-Match on PUT (ignored),
 * expiry, signatures and size limits of presigned requests (not checked), tags (a tagging request overwrites the object!), CORS,
 * notifications and public access settings (accepted, without effect), ListParts, checksum checks; lists of more than 1,000 keys
 * may skip keys that differ in case.
 */
export const startEmulator = async (directory: string, wantedPort: number): Promise<Emulator> => {
  const port = await freePort(wantedPort);
  const endpoint = `http://${loopback}:${port}`;
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const { sqsStore: sqs, snsStore: sns, s3Store: s3 } = stores;
  const persistence = new PersistenceManager(directory);
  // Not synced to the disk at every commit, which would cost 10 ms each and block everything: a kill loses nothing, a power cut may.
  (persistence as unknown as { db: DatabaseSync }).db.exec('PRAGMA synchronous = NORMAL');
  forgetReceipts(join(directory, 'fauxqs.db'), endpoint);
  persistence.load(sqs, sns, s3);
  for (const store of [sqs, sns, s3, ...sqs.allQueues()]) store.persistence = persistence;
  sqs.host = '';

  const app = buildApp({ logger: false, stores });
  app.removeContentTypeParser('*');
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestUpload }, (_request, body, done) =>
    done(null, body),
  );
  app.addHook('onClose', () => persistence.close());
  await app.listen({ port, host: loopback });
  return {
    endpoint,
    s3,
    sqs,
    sns,
    onUpload: (listener) => {
      const spy = new MessageSpy({ bufferSize: 1 });
      spy.addMessage = (message) => {
        if (message.service === 's3' && message.status === 'uploaded') listener(message.bucket, message.key);
      };
      s3.spy = spy;
    },
    stop: () => app.close(),
  };
};

/**
 * Who had received a message when the stack ended is gone: such messages become visible at once, and that receive does not count
 * towards the dead-letter queue. Queue URLs get the port of this start. fauxqs has no way to say either, so it is said to its file.
 */
const forgetReceipts = (file: string, endpoint: string): void => {
  const database = new DatabaseSync(file);
  database.exec(`UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL,
    approximate_receive_count = max(0, approximate_receive_count - 1) WHERE receipt_handle IS NOT NULL`);
  database.prepare(`UPDATE sqs_queues SET url = ? || '/000000000000/' || name`).run(endpoint);
  database.close();
};
