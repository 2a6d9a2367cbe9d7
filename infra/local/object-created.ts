import { createHash } from 'node:crypto';
import type { S3Store } from './emulator.ts';

/** The event that EventBridge carries when an object was stored. Its key is not URL-encoded (unlike in S3's own notifications). */
export type ObjectCreatedEvent = {
  version: '0';
  id: string;
  'detail-type': 'Object Created';
  source: 'aws.s3';
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: {
    version: '0';
    bucket: { name: string };
    object: { key: string; size: number; etag: string; sequencer: string };
    'request-id': string;
    requester: string;
    'source-ip-address': string;
    reason: 'PutObject';
  };
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Describes what is stored under this key now. There are no versions locally, so `sequencer` stands for one: the moment it was
 * stored and its content. The same object gives the same event, whether told live or found again at the next start.
 */
export const describeObject = (s3: S3Store, bucket: string, key: string): ObjectCreatedEvent => {
  const { contentLength, etag: quotedEtag, lastModified } = s3.headObject(bucket, key);
  const etag = quotedEtag.replaceAll('"', '');
  const moment = lastModified.getTime().toString(16).padStart(12, '0');
  const sequencer = `${moment}${digest(etag).slice(0, 10)}`.toUpperCase();
  const id = digest(`${bucket}\n${key}\n${sequencer}`).slice(0, 32);
  return {
    version: '0',
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: `${lastModified.toISOString().slice(0, 19)}Z`,
    region: 'us-east-1',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key, size: contentLength, etag, sequencer },
      'request-id': id.slice(0, 16).toUpperCase(),
      requester: '000000000000',
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  };
};
