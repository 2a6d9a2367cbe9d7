import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';

/** A record of a run, and what became of it. */
export type Noted = {
  record: DiscoveryRecord;
  outcome: Pick<RecordOutcome, 'outcome' | 'assetId' | 'ciId'> | undefined;
};
