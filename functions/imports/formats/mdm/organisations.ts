import type { RawIdentifier, RecordWarning } from '../../../../domain/discovery/record.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';

const mostSeen = 200_000;
const hardware: ReadonlySet<RawIdentifier['type']> = new Set(['serial', 'uuid', 'udid', 'imei', 'mac']);

/** Words around the organisation keep it from being read as a vendor, or without its legal form. */
const qualifierOf = (organisation: string): string => `tenant ${organisation} organisation`;

/**
 * Keeps devices of several organisations in one file apart. Two tenants may show the same serial (test data, a device that was sold
 * on): it must not make one thing of two. The first organisation that shows an identifier keeps it as it is, so that asset books still
 * find it; for any other, its serial is only unique together with the organisation, and what cannot be qualified is left out. A file
 * of one organisation passes unchanged. Bounded: beyond 200,000 identifiers every further one counts as seen elsewhere.
 */
export const createSeparator = () => {
  const seen = new Map<string, string>();
  const isForeign = (raw: RawIdentifier, organisation: string): boolean => {
    const judged = hardware.has(raw.type)
      ? normaliseIdentifier(raw, { feed: '', nature: 'physical', container: false })
      : undefined;
    if (judged === undefined || judged.strength === 'rejected') return false;
    const key = `${judged.type}#${judged.value}`;
    const first = seen.get(key);
    if (first !== undefined) return first !== organisation;
    if (seen.size >= mostSeen) return true;
    seen.set(key, organisation);
    return false;
  };
  return (
    identifiers: readonly RawIdentifier[],
    organisation: string | undefined,
  ): { identifiers: RawIdentifier[]; warnings: RecordWarning[] } => {
    if (organisation === undefined) return { identifiers: [...identifiers], warnings: [] };
    const foreign = identifiers.filter((raw) => isForeign(raw, organisation));
    const own = identifiers.flatMap((raw): RawIdentifier[] => {
      if (raw.type === 'assetTag') return [{ ...raw, qualifier: organisation }];
      if (!foreign.includes(raw)) return [raw];
      return raw.type === 'serial' ? [{ ...raw, qualifier: qualifierOf(organisation) }] : [];
    });
    return { identifiers: own, warnings: foreign.length === 0 ? [] : [warningOf(foreign, organisation)] };
  };
};

const warningOf = (foreign: readonly RawIdentifier[], organisation: string): RecordWarning => {
  const types = [...new Set(foreign.map(({ type }) => type))].join(', ');
  const detail = `Another organisation in this file shows the same ${types}: the device is kept apart as one of ${organisation.slice(0, 80)}.`;
  return { code: 'shared-between-organisations', detail };
};
