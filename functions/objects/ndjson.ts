import type { ObjectStore } from './object-store.ts';

/** Stores values as one JSON object per line. */
export const putLines = (store: ObjectStore, key: string, values: readonly unknown[]): Promise<void> =>
  store.put(key, values.map((value) => `${JSON.stringify(value)}\n`).join(''), 'application/x-ndjson');

/** Reads such an object back, whole. Missing is an error: only files that a run wrote itself are read this way. */
export const getLines = async (store: ObjectStore, key: string): Promise<unknown[]> => {
  const object = await store.get(key);
  if (object === undefined) throw new Error(`${key} is missing`);
  const parts: Uint8Array[] = [];
  for await (const part of object.body) parts.push(part);
  return Buffer.concat(parts)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
};
