import type { DiscoveryRecord, RecordWarning } from '../../domain/discovery/record.ts';

/** Local time taken for UTC is at most 14 hours ahead; what is further ahead is a wrong clock. */
const tolerance = 24 * 3600 * 1000;

/**
 * When a record was observed: as it says itself, else when its file was stored. A moment after the file was stored is a wrong clock,
 * which would keep every later observation from being applied.
 */
export const observedAt = (
  { observedAt: said }: DiscoveryRecord,
  storedAt: string,
): { at: string; warnings: RecordWarning[] } => {
  if (said === undefined) return { at: storedAt, warnings: [] };
  if (Date.parse(said) <= Date.parse(storedAt) + tolerance) return { at: said, warnings: [] };
  const detail = `It says it was observed at ${said}, but was stored at ${storedAt}; the latter is used.`;
  return { at: storedAt, warnings: [{ code: 'clock-ahead', detail }] };
};
