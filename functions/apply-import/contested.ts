import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { KnownPair } from '../../domain/import/record-input.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import { idsOf, startOutcome } from './outcome.ts';

/**
 * The outcome where a source says within a minute that a thing was deleted and that it is there: nothing is written, a person decides.
 * `other` is what it said at `since`, the record says the opposite at `at`.
 */
export const contested = (
  record: DiscoveryRecord,
  { asset, ci }: KnownPair,
  other: 'deleted' | 'observed',
  since: string | undefined,
  at: string,
): RecordOutcome => {
  const said = other === 'deleted' ? 'observed' : 'deleted';
  const evidence = [`source native key ${record.nativeKey} agrees`, `${other} at ${since}`, `${said} at ${at}`];
  return {
    ...startOutcome(record),
    outcome: 'ambiguous',
    candidates: [{ ...idsOf({ ciId: ci?.ciId, assetId: asset?.assetId }), evidence }],
  };
};
