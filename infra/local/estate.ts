import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { projectRoot } from './data-directory.ts';
import type { LocalStack } from './local-stack.ts';

const estateFolder = join(projectRoot, 'test/fixtures/estate');

/**
 * Uploads the demo estate through S3 at the first start with this data. The mark that it is there is set last: a start after a kill
 * uploads what is still missing. `wanted: false` sets the mark only: this data shall stay without.
 */
export const uploadEstate = async (
  { uploadsBucket: Bucket, dataDirectory }: LocalStack,
  wanted: boolean,
): Promise<number> => {
  const mark = join(dataDirectory, 'estate-uploaded');
  if (existsSync(mark)) return 0;
  const files = wanted ? globSync('*/*', { cwd: estateFolder }).sort() : [];
  const s3 = new S3Client();
  for (const file of files) {
    const Key = `discovery/${file.replaceAll('\\', '/')}`;
    if (await exists(s3, Bucket, Key)) continue;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: readFileSync(join(estateFolder, file)) }));
  }
  s3.destroy();
  writeFileSync(mark, new Date().toISOString());
  return files.length;
};

const exists = async (s3: S3Client, Bucket: string, Key: string): Promise<boolean> => {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
};
