import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { RecordOutcome } from '../../domain/import/run.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { sightingOf } from '../../domain/unknown-device/sighting.ts';
import { observedAt } from '../apply-import/observed-at.ts';
import { digest } from '../shared/digest.ts';
import type { Table } from '../store/table.ts';
import { keepSightings } from './keep-sightings.ts';

type Noted = { record: DiscoveryRecord; outcome: Pick<RecordOutcome, 'outcome' | 'assetId'> | undefined };

/** What might be anything that is known is for a person to decide first; what has an asset is owned. */
const isForeign = ({ outcome }: Noted): boolean =>
  outcome !== undefined &&
  outcome.assetId === undefined &&
  ['held', 'created', 'linked', 'updated', 'unchanged'].includes(outcome.outcome);

/** After records of a run are written: those of devices that were merely seen, and that nobody owns, lead to a row each. */
export const noteUnknown = async (
  table: Table,
  run: StoredRun,
  now: string,
  noted: readonly Noted[],
): Promise<void> => {
  const { tenant, source, runId, storedAt } = run;
  const sightings = noted
    .filter(isForeign)
    .flatMap(({ record }) => sightingOf({ record, tenant, source, at: observedAt(record, storedAt).at, digest }) ?? []);
  if (sightings.length > 0) await keepSightings(table, { tenant, source, runId, now }, sightings);
};
