import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { Identifier } from '../../domain/identity/identifier.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';

const known = new WeakMap<DiscoveryRecord, { source: string; identifiers: readonly Identifier[] }>();

/** The identifiers of a record, normalised once however often they are asked for: to read what they lead to, to plan and to decide. */
export const identifiersIn = (record: DiscoveryRecord, source: string): readonly Identifier[] => {
  const found = known.get(record);
  if (found?.source === source) return found.identifiers;
  const identifiers = normaliseIdentifiers(record, source);
  known.set(record, { source, identifiers });
  return identifiers;
};
