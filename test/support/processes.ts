import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './temporary.ts';

const children = new Set<ChildProcess>();

/** Runs `node SCRIPT ...` in a process of its own, its data in `directory`. Collects what it prints. */
export const runScript = (directory: string, script: string, ...args: string[]) => {
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, HANGAR_DATA: directory } });
  children.add(child);
  const printed = { out: '', err: '' };
  child.stdout.on('data', (text) => (printed.out += text));
  child.stderr.on('data', (text) => (printed.err += text));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  return { child, printed, ended };
};

export type Script = ReturnType<typeof runScript>;

/** Kills whatever a test left running. */
export const killScripts = (): void => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
};

/** What the stack that runs on this folder says of itself. */
export const readRunning = (directory: string): Record<string, string> | undefined => {
  const file = join(directory, 'running.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : undefined;
};

/** Waits until this very process runs as the stack of the folder. Fails at once when it ends instead. */
export const untilRunning = ({ child, printed }: Script, directory: string): Promise<Record<string, string>> =>
  until('a running stack', () => {
    if (child.exitCode !== null) throw new Error(`The stack ended: ${printed.err}`);
    const running = readRunning(directory);
    return running?.pid === (child.pid as unknown) ? running : undefined;
  });
