import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** Where a stack keeps its data unless told otherwise, and where `npm run upload` looks for a running one. */
export const defaultDataDirectory = (): string => resolve(process.env.HANGAR_DATA ?? join(projectRoot, '.hangar'));

/** Everything one stack keeps lies below `path`; an ephemeral one is in memory where the platform has such a place, and `remove` empties it. */
export type DataDirectory = { path: string; ephemeral: boolean; remove: () => void };

export const openDataDirectory = (options: { dataDir?: string; ephemeral?: boolean }): DataDirectory => {
  if (options.ephemeral === true) {
    const path = mkdtempSync(join(memoryDirectory(), 'hangar-'));
    return { path, ephemeral: true, remove: () => rmSync(path, { recursive: true, force: true }) };
  }
  const path = resolve(options.dataDir ?? defaultDataDirectory());
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return { path, ephemeral: false, remove: () => {} };
};

const memoryDirectory = (): string => {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
};
