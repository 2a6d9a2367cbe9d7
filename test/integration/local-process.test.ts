import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keysFor } from '../../infra/local/upload-keys.ts';
import { killScripts, readRunning, runScript, untilRunning } from '../support/processes.ts';
import { temporaryDirectory, until } from '../support/temporary.ts';

const toyStack = fileURLToPath(new URL('../support/toy-stack.ts', import.meta.url));
let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  killScripts();
  rmSync(directory, { recursive: true, force: true });
});

const calls = () => join(directory, 'calls.jsonl');
const called = (): string[] =>
  existsSync(calls()) ? readFileSync(calls(), 'utf8').trim().split('\n').filter(Boolean) : [];
const run = (script: string, ...args: string[]) => runScript(directory, script, ...args);

const startToys = async (mode: 'note' | 'hang' | 'ephemeral') => {
  const started = run(toyStack, calls(), mode);
  const { apiUrl = '', s3Endpoint = '', dataDirectory = '' } = await untilRunning(started, directory);
  return { ...started, apiUrl, s3Endpoint, dataDirectory };
};

/** Processes with this text in their command line, as Linux tells it. */
const processesWith = (text: string): string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });

describe('a running stack', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with everything it started', async (signal) => {
    const { child, ended, apiUrl, dataDirectory, printed } = await startToys('ephemeral');
    await until('the banner', () => printed.out.includes('ctrl-C'));
    expect(processesWith(dataDirectory)).not.toEqual([]);
    child.kill(signal);
    await ended;
    expect(processesWith(dataDirectory)).toEqual([]);
    expect([existsSync(dataDirectory), readRunning(directory)]).toEqual([false, undefined]);
    await expect(fetch(apiUrl)).rejects.toThrow();
  });

  it('that is killed takes its database with it, and what was in work comes again at the next start', async () => {
    const first = await startToys('hang');
    const s3 = new S3Client({
      endpoint: first.s3Endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    await s3.send(new PutObjectCommand({ Bucket: 'hangar-uploads', Key: 'discovery/a/1.json', Body: '{}' }));
    s3.destroy();
    await until('the upload in work', () => called().length === 1);
    first.child.kill('SIGKILL');
    await until('the database to end', () => processesWith(`${directory}/dynamodb`).length === 0);

    await startToys('note');
    await until('the same event again', () => called().length === 2);
    expect(called()[1]).toBe(called()[0]);
  });

  it('is not joined by a second one on the same data', async () => {
    await startToys('note');
    const { ended, printed } = run(toyStack, calls(), 'note');
    expect(await ended).toBe(1);
    expect(printed.err).toMatch(/runs already at http/);
  });
});

describe('npm run upload', () => {
  const upload = (...args: string[]) => run('infra/local/upload.ts', ...args);

  it.each([
    [['--source', 'agent'], /at least one file/],
    [['package.json', '--source', 'Not A Source'], /--source/],
    [['package.json', '--source', 'agent', '--mode', 'guess'], /--mode/],
    [['nowhere.json', '--source', 'agent'], /nowhere\.json/],
    [['package.json', '--source', 'agent'], /npm start/],
  ])('%j ends with advice', async (args, advice) => {
    const { ended, printed } = upload(...args);
    expect([await ended, printed.out]).toEqual([1, '']);
    expect(printed.err).toMatch(advice);
  });

  it('names objects by base name, and by folders only where files would collide', () => {
    expect(keysFor(['a/x.json', 'b/y.json', 'a/x.json'], 's')).toEqual([
      'discovery/s/x.json',
      'discovery/s/y.json',
      'discovery/s/x.json',
    ]);
    expect(keysFor(['a/x.json', 'b/x.json', 'b/c/x.json', 'a/c/x.json'], 's')).toEqual([
      'discovery/s/a/x.json',
      'discovery/s/b/x.json',
      'discovery/s/b/c/x.json',
      'discovery/s/a/c/x.json',
    ]);
  });
});
