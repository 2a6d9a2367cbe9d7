import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { SourceName } from '../../domain/shared/id.ts';
import { keysFor } from './upload-keys.ts';
import { awaitRun, recordsOf, runsBefore } from './upload-run.ts';
import { findTarget, type UploadTarget } from './upload-target.ts';

const usage = 'npm run upload -- FILE... --source NAME [--mode apply|plan] [--profile PROFILE]';

type Upload = { file: string; key: string; source: string; metadata: Record<string, string> };

/** Uploads one file, waits for its run and prints one line of JSON. True when the file was neither rejected nor failed. */
const uploadOne = async (
  { s3, bucket, read }: UploadTarget,
  { file, key, source, metadata }: Upload,
): Promise<boolean> => {
  const known = await runsBefore(read, source);
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Metadata: metadata, Body: readFileSync(file) }));
  console.error(`${file}: uploaded to s3://${bucket}/${key}`);
  const run = await awaitRun(read, { source, objectKey: key, known });
  console.log(JSON.stringify({ file, run, records: await recordsOf(read, run.runId) }));
  console.error(`${file}: ${run.status}${run.problem === undefined ? '' : `: ${run.problem.detail}`}`);
  return run.status !== 'rejected' && run.status !== 'failed';
};

const main = async (): Promise<boolean> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { source: { type: 'string' }, mode: { type: 'string' }, profile: { type: 'string' } },
  });
  const source = SourceName.safeParse(values.source);
  if (positionals.length === 0) throw new Error(`Name at least one file.\n${usage}`);
  if (!source.success) throw new Error(`--source must name a source: ${source.error.issues[0]?.message}\n${usage}`);
  if (values.mode !== undefined && values.mode !== 'apply' && values.mode !== 'plan')
    throw new Error(`--mode is apply or plan.\n${usage}`);
  for (const file of positionals) if (!statSync(file).isFile()) throw new Error(`${file} is not a file.`);

  const target = await findTarget();
  const keys = keysFor(positionals, source.data);
  const { mode, profile } = values;
  const metadata = { ...(mode === undefined ? {} : { mode }), ...(profile === undefined ? {} : { profile }) };
  let good = true;
  for (const [index, file] of positionals.entries()) {
    good = (await uploadOne(target, { file, key: keys[index] ?? '', source: source.data, metadata })) && good;
  }
  return good;
};

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
