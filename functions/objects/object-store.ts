/** One bucket. Keys are plain text, as people write them; encoding is the adapter's business. */
export type ObjectStore = {
  /** The stored object (of a versioned bucket: that version, else the latest), its body as a stream; undefined when there is none. */
  get: (key: string, version?: string) => Promise<StoredObject | undefined>;
  /** Stores bytes under a key. The same key is overwritten, so that a replay ends in the same objects. */
  put: (key: string, body: string | Uint8Array, contentType: string) => Promise<void>;
};

export type StoredObject = {
  body: AsyncIterable<Uint8Array>;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  metadata: Record<string, string>;
  /** UTC, milliseconds. */
  storedAt: string;
  size: number;
};
