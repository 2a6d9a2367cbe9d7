import { type Emulator, type SqsQueue, SqsStore } from './emulator.ts';
import { describeObject } from './object-created.ts';

/** A rule on Object Created: these beginnings of keys, and the durable queue from which its target is fed. */
export type UploadRule = { keyPrefixes: readonly string[]; queue: SqsQueue };

/**
 * EventBridge for uploads. The event is in the rule's queue before the uploader is answered. What a kill prevented in between is
 * told by `reconcile`: it tells every stored object again, as S3 also may, except for what waits in the queue already.
 */
export const watchUploads = (emulator: Emulator, bucket: string, rules: readonly UploadRule[]) => {
  const tell = (key: string): void => {
    const body = JSON.stringify(describeObject(emulator.s3, bucket, key));
    for (const { keyPrefixes, queue } of rules) {
      if (!keyPrefixes.some((prefix) => key.startsWith(prefix))) continue;
      const { ready, delayed, inflight } = queue.inspectMessages();
      const waiting = [...ready, ...delayed, ...inflight.map(({ message }) => message)];
      if (!waiting.some((message) => message.body === body)) queue.enqueue(SqsStore.createMessage(body));
    }
  };
  emulator.onUpload((uploadBucket, key) => {
    if (uploadBucket === bucket) tell(key);
  });
  const reconcile = (): void => {
    const { objects } = emulator.s3.listObjects(bucket, { maxKeys: Number.POSITIVE_INFINITY });
    for (const { key } of objects) tell(key);
  };
  return { reconcile };
};
