import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { defaultDataDirectory } from './data-directory.ts';

const Running = z.object({
  pid: z.int(),
  apiUrl: z.string(),
  s3Endpoint: z.string(),
  uploadsBucket: z.string(),
  dataDirectory: z.string(),
  /** For reading imports; it can do nothing else. */
  token: z.string(),
});
export type Running = z.infer<typeof Running>;

const file = (): string => join(defaultDataDirectory(), 'running.json');

/** Says to other commands where the running stack is. Only its owner may read it: there is a token inside. */
export const writeRunning = (running: Running): void => {
  mkdirSync(dirname(file()), { recursive: true, mode: 0o700 });
  rmSync(file(), { force: true });
  writeFileSync(file(), JSON.stringify(running, null, 2), { mode: 0o600 });
};

/** The stack that runs now. A file that a kill left behind does not count: the process it names must answer at that address. */
export const findRunning = async (): Promise<Running | undefined> => {
  if (!existsSync(file())) return undefined;
  try {
    const running = Running.parse(JSON.parse(readFileSync(file(), 'utf8')));
    const response = await fetch(`${running.apiUrl}/_local/status`, { signal: AbortSignal.timeout(5000) });
    const status = (await response.json()) as { pid?: number };
    return status.pid === running.pid ? running : undefined;
  } catch {
    return undefined;
  }
};

/** Removes the note of this process; another's stays. */
export const removeRunning = (): void => {
  const written = existsSync(file()) ? Running.safeParse(JSON.parse(readFileSync(file(), 'utf8'))) : undefined;
  if (written?.data?.pid === process.pid) rmSync(file(), { force: true });
};
