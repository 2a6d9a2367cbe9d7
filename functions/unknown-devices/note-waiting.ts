import type { DiscoveryRecord, RawRelation } from '../../domain/discovery/record.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import { sightingAcross } from '../../domain/unknown-device/sighting.ts';
import { observedAt } from '../apply-import/observed-at.ts';
import { digest } from '../shared/digest.ts';
import type { Table } from '../store/table.ts';
import { keepSightings } from './keep-sightings.ts';

/** A chassis switch has some 400 ports; who tells of more is not believed. */
const mostOfARecord = 512;

/** Relations of records that wait for another end which nobody knows. */
export type Waiting = { record: DiscoveryRecord; relations: readonly RawRelation[] };

/**
 * What stands at a port of a device and is nothing that anybody owns leads to a row, with the device and the port. It is noted when all
 * records of the run are written, so that what the same file tells of is known by then.
 */
export const noteWaiting = async (
  table: Table,
  { tenant, source, runId, storedAt }: StoredRun,
  now: string,
  waiting: readonly Waiting[],
): Promise<void> => {
  const sightings = waiting.flatMap(({ record, relations }) => {
    const by = { tenant, source, at: observedAt(record, storedAt).at, digest };
    return relations.flatMap((one) => sightingAcross(one, by) ?? []).slice(0, mostOfARecord);
  });
  if (sightings.length > 0) await keepSightings(table, { tenant, source, runId, now }, sightings);
};
