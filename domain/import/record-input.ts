import type { Asset } from '../asset/asset.ts';
import type { Ci } from '../ci/ci.ts';
import type { DiscoveryRecord } from '../discovery/record.ts';
import type { Identifier } from '../identity/identifier.ts';
import type { Digest } from '../shared/id.ts';
import type { Fingerprint } from './fingerprint.ts';

/** What is known of the device that a record is about: nothing, one of both, or both. */
export type KnownPair = { asset?: Asset | undefined; ci?: Ci | undefined };

export type RecordInput = {
  record: DiscoveryRecord;
  print: Fingerprint;
  identifiers: readonly Identifier[];
  source: string;
  tenant: string;
  runId: string;
  /** When it was observed. */
  at: string;
  /** When it is written. */
  now: string;
  digest: Digest;
  /** Distinguishes ids when the identity of a thing was used before by another one. */
  salt?: number;
};
