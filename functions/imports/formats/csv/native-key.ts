import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { isSpreadsheetNumber } from '../../../../domain/identity/placeholders.ts';
import { digest } from '../../../shared/digest.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Field, KeyRule, Profile } from './profile.ts';
import type { TableRow } from './table-row.ts';

const maxCounted = 100_000;
const maxLength = 400;

/** Counts how often a name that need not be unique has come in this file; bounded, so that memory does not grow with the file. */
export type KeyCounter = (key: string) => number | undefined;

export const keyCounter = (): KeyCounter => {
  const seen = new Map<string, number>();
  return (key) => {
    const count = (seen.get(key) ?? 0) + 1;
    if (count === 1 && seen.size >= maxCounted) return undefined;
    seen.set(key, count);
    return count;
  };
};

/**
 * The native key of a row: the first rule of the profile whose first field has a usable value, for example
 * `assetTag=sky-0042|company=skyways`. Values are compared without case. Names may repeat, so the second equal one ends in `|2`.
 * `fault` says why there is none.
 */
export const nativeKeyOf = (
  row: TableRow,
  identifiers: readonly RawIdentifier[],
  profile: Profile,
  count: KeyCounter,
): { key: string } | { fault: string } => {
  const rule = profile.nativeKey.find(({ fields: [first] }) => usable(row, identifiers, first) !== undefined);
  if (rule === undefined) return { fault: `The row has no usable key: it needs one of ${neededColumns(profile)}` };
  const key = nativeKeyFrom(
    rule.fields.flatMap((field) => {
      const value = usable(row, identifiers, field);
      return value === undefined ? [] : [[field, value]];
    }),
  );
  if (!rule.counted) return { key };
  const times = count(digest(key));
  if (times === undefined) return { fault: `More than ${maxCounted} rows without a tag or serial; split the file` };
  return { key: times === 1 ? key : `${key}|${times}` };
};

/** The native key made of these values; also how another row of the file is named by what it is called. */
export const nativeKeyFrom = (values: readonly (readonly [Field, string])[]): string =>
  shorten(values.map(([field, value]) => `${field}=${keyText(field, value)}`).join('|'));

const usable = (row: TableRow, identifiers: readonly RawIdentifier[], field: Field): string | undefined => {
  const identifier = identifiers.find(({ type }) => type === field);
  if (identifier !== undefined) return identifier.value;
  const value = row.read(field)?.value;
  return value === undefined || isPlaceholder(field, value) || isSpreadsheetNumber(value) ? undefined : value;
};

/** A licence key is as good as a password: its digest names the row just as well. */
const keyText = (field: Field, value: string): string => {
  const text = value.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');
  return field === 'licenceKey' ? digest(text).slice(0, 20) : text.replaceAll('%', '%25').replaceAll('|', '%7C');
};

const shorten = (key: string): string =>
  key.length <= maxLength - 12 ? key : `${key.slice(0, 40).toWellFormed()}|${digest(key)}`;

const neededColumns = ({ nativeKey }: { nativeKey: readonly KeyRule[] }): string =>
  nativeKey.map(({ fields: [first] }) => labels[first] ?? first).join(', ');

const labels: Partial<Record<Field, string>> = {
  assetTag: 'asset tag',
  serial: 'serial number',
  uuid: 'UUID',
  imei: 'IMEI',
  mac: 'MAC address',
  fqdn: 'FQDN',
  licenceKey: 'licence key',
  service: 'service name',
};
