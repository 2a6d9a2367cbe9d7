import type { RecordWarning } from '../../../../domain/discovery/record.ts';
import { UnreadableFile } from '../format.ts';
import { cleanCell, shown } from './clean-cell.ts';
import { withoutUnit } from './header-unit.ts';
import type { Field, Profile } from './profile.ts';

const maxColumns = 2000;

/** Which columns (from 0) feed which field, best first. `titles` are the headers as written, for messages. */
export type Header = { titles: string[]; columns: ReadonlyMap<Field, readonly number[]>; warnings: RecordWarning[] };

/** A header as profiles name it: letters and digits only, lower case, so that `Serial No.`, `serial_no` and `SerialNo` are one. */
export const normaliseHeader = (title: string): string =>
  cleanCell(title)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The names under which a header may be known: as it is, and without its unit (`Cost (EUR)`). */
const namesOf = (title: string): string[] => {
  const name = normaliseHeader(title);
  const bare = normaliseHeader(withoutUnit(title));
  return bare === name || bare === '' ? [name] : [name, bare];
};

/** All names of all headers of a row, to recognise a profile by. Throws `UnreadableFile` when there are too many columns. */
export const headerNames = (cells: readonly string[]): ReadonlySet<string> => {
  if (cells.length > maxColumns) {
    throw new UnreadableFile({
      code: 'too-many-columns',
      detail: `The file has more than ${maxColumns} columns. Is it a CSV file?`,
      line: 1,
    });
  }
  return new Set(cells.flatMap(namesOf).filter((name) => name !== ''));
};

/** Maps the columns of a header row. Of headers that are written twice only the first is read, with a warning; blank ones are ignored. */
export const readHeader = (cells: readonly string[], profile: Profile): Header => {
  const columnByName = new Map<string, number>();
  const warnings: RecordWarning[] = [];
  for (const [column, title] of cells.entries()) {
    const [name = '', bare] = namesOf(title);
    if (name === '') continue;
    const first = columnByName.get(name);
    if (first === undefined) columnByName.set(name, column);
    else {
      const detail = `Columns ${first + 1} and ${column + 1} are both called ${shown(title)}; only the first is read`;
      warnings.push({ code: 'duplicate-header', detail });
    }
    if (bare !== undefined && !columnByName.has(bare)) columnByName.set(bare, column);
  }
  const columns = new Map<Field, readonly number[]>();
  for (const [field, names] of Object.entries(profile.columns) as [Field, readonly string[]][]) {
    const found = names.map((name) => columnByName.get(name)).filter((column) => column !== undefined);
    if (found.length > 0) columns.set(field, [...new Set(found)]);
  }
  return { titles: cells.map(cleanCell), columns, warnings };
};
