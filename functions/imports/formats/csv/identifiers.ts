import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { isSpreadsheetNumber } from '../../../../domain/identity/placeholders.ts';
import { clip } from './clean-cell.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Field } from './profile.ts';
import type { TableRow } from './table-row.ts';

type IdentifierField = 'assetTag' | 'serial' | 'uuid' | 'imei' | 'mac' | 'hostname' | 'fqdn';

const qualifiers: Readonly<Record<IdentifierField, Field | undefined>> = {
  assetTag: 'company',
  serial: 'manufacturer',
  uuid: undefined,
  imei: undefined,
  mac: undefined,
  fqdn: undefined,
  hostname: undefined,
};
const maxMacs = 16;

/**
 * The identifiers of a row as written, with manufacturer or company as qualifier. Numbers that Excel destroyed and placeholders
 * such as `Test` are left out with a warning: they would make one thing of many.
 */
export const readIdentifiers = (row: TableRow): RawIdentifier[] =>
  (Object.entries(qualifiers) as [IdentifierField, Field | undefined][]).flatMap(([type, qualifierField]) => {
    const qualifier = qualifierField === undefined ? undefined : row.read(qualifierField)?.value;
    return valuesOf(row, type).map((value) => ({
      type,
      value: clip(value, 300),
      ...(qualifier === undefined ? {} : { qualifier: clip(qualifier, 200) }),
    }));
  });

const valuesOf = (row: TableRow, type: IdentifierField): string[] => {
  const cells = type === 'mac' || type === 'imei' ? row.readAll(type) : row.readAll(type).slice(0, 1);
  const kept = cells.filter((cell) => {
    if (isSpreadsheetNumber(cell.value)) {
      row.warn(
        'excel-number',
        'Excel has turned this number into an approximation; format the column as text and export again',
        cell,
      );
    } else if (isPlaceholder(type, cell.value))
      row.warn('placeholder', 'this names no single thing and was left out', cell);
    else return true;
    return false;
  });
  const values = kept.flatMap(({ value }) => (type === 'mac' ? value.split(/[\s,;|]+/) : [value]));
  return [...new Set(values)].filter((value) => value !== '').slice(0, maxMacs);
};
