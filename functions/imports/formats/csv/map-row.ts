import type { DiscoveryRecord, RecordFault } from '../../../../domain/discovery/record.ts';
import { clip } from './clean-cell.ts';
import type { Header } from './header.ts';
import { readIdentifiers } from './identifiers.ts';
import { readItamFacts } from './itam-facts.ts';
import { mapService } from './map-service.ts';
import { type KeyCounter, nativeKeyOf } from './native-key.ts';
import type { Profile } from './profile.ts';
import { tableRow } from './table-row.ts';

/** A data row and where it stands: `line` is the physical line of its start, from 1. */
export type DataRow = { cells: readonly string[]; line: number; recordIndex: number };

export type Mapping = { profile: Profile; header: Header; count: KeyCounter };

/**
 * Makes a canonical record of the half `book` from one row, or a fault when nothing in it names the thing.
 * Of an asset book it has no CI class: a book makes assets only, and the CI comes from discovery and is bound by identity.
 * A list of services makes CIs only.
 */
export const mapRow = (
  data: DataRow,
  { profile, header, count }: Mapping,
): { record: DiscoveryRecord } | { fault: RecordFault } => {
  const { cells, line, recordIndex } = data;
  const row = tableRow(cells, line, header);
  const expected = header.titles.length;
  if (cells.length < expected)
    row.warn('short-row', `${cells.length} cells instead of ${expected}; the rest counts as blank`);
  if (cells.slice(expected).some((cell) => cell.trim() !== '')) {
    row.warn('long-row', `${cells.length} cells instead of ${expected}; the extra ones were ignored`);
  }
  const { kind } = profile;
  const identifiers = kind === 'hardware' ? readIdentifiers(row) : [];
  const key = nativeKeyOf(row, identifiers, profile, count);
  if ('fault' in key)
    return {
      fault: { recordIndex, line, errors: [{ line, reason: key.fault, value: clip(cells.join(' ').trim(), 200) }] },
    };
  if (kind === 'service') return mapService(row, recordIndex, key.key);
  const itam = readItamFacts(row, profile);
  return {
    record: {
      recordIndex,
      line,
      nativeKey: key.key,
      half: 'book',
      action: 'upsert',
      partial: false,
      nature: kind === 'software' ? 'logical' : 'physical',
      assetKind: kind,
      ...(itam.name === undefined ? {} : { name: itam.name }),
      identifiers,
      sections: {},
      itam,
      warnings: row.warnings,
    },
  };
};
