import type { ObjectStore } from '../../functions/objects/object-store.ts';

type Kept = { bytes: Buffer; metadata: Record<string, string>; storedAt: string };

/** A bucket in memory: whole objects, handed out in pieces as S3 would. A version is kept under `<key>?<version>`. */
export const memoryObjects = () => {
  const kept = new Map<string, Kept>();
  const store: ObjectStore = {
    get: async (key, version) => {
      const object = kept.get(version === undefined ? key : `${key}?${version}`);
      if (object === undefined) return undefined;
      const { bytes, metadata, storedAt } = object;
      return { body: inPieces(bytes), metadata, storedAt, size: bytes.length };
    },
    put: async (key, body) => {
      kept.set(key, { bytes: Buffer.from(body), metadata: {}, storedAt: '2026-11-22T08:00:00.000Z' });
    },
  };
  return { store, kept };
};

const inPieces = async function* (bytes: Buffer, size = 16_384) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size) as Uint8Array;
};
