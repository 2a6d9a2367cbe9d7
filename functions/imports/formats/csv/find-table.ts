import { UnreadableFile } from '../format.ts';
import { profiles } from './choose-profile.ts';
import { shown } from './clean-cell.ts';
import { headerNames, readHeader } from './header.ts';
import type { Mapping } from './map-row.ts';
import { keyCounter } from './native-key.ts';
import { columnsAgainst, fitsProfile, type Profile } from './profile.ts';
import type { BrokenRow } from './rows.ts';

/** How many rows may stand above the header (titles of a sheet). */
export const maxRowsAboveHeader = 10;

/** Reads a row as the header of the table if it fits the named profile, or any preset when none was named. */
export const findTable = (cells: readonly string[], named: Profile | undefined): Mapping | undefined => {
  const names = headerNames(cells);
  const profile = (named === undefined ? profiles : [named]).find((candidate) => fitsProfile(candidate, names));
  return profile === undefined ? undefined : { profile, header: readHeader(cells, profile), count: keyCounter() };
};

/** The refusal of a file in which no header was found; `first` is its first row. */
export const noTable = (first: readonly string[] | undefined, named: Profile | undefined): UnreadableFile => {
  if (first === undefined) return new UnreadableFile({ code: 'empty-file', detail: 'The file has no rows' });
  const names = headerNames(first);
  const against = (named === undefined ? profiles : [named]).flatMap((profile) => columnsAgainst(profile, names))[0];
  const why = against === undefined ? '' : ` A column "${against}" says that the rows are something else.`;
  const found = `Columns found: ${first.slice(0, 40).map(shown).join(', ')}${first.length > 40 ? ' …' : ''}.${why}`;
  if (named !== undefined) {
    const needed = named.detect
      .map(({ all }) => all.map((group) => group.slice(0, 6).join(' | ')).join(' and '))
      .join('; or ');
    return new UnreadableFile({
      code: 'no-profile',
      detail: `The columns do not fit the profile ${named.name}, which needs ${needed}. ${found}`,
      line: 1,
    });
  }
  return new UnreadableFile({
    code: 'no-profile',
    detail:
      `No CSV profile fits. ${found} An asset book needs a column such as Asset Tag, Serial Number, Hostname or MAC Address, ` +
      `or Name beside Model, Category or Manufacturer; a list of services Service Name, Class and Owner: rename the columns, or name a profile (${profiles.map(({ name }) => name).join(', ')}).`,
    line: 1,
  });
};

/** The refusal of a file whose first row is broken. */
export const unreadableHeader = ({ broken, line }: BrokenRow): UnreadableFile =>
  new UnreadableFile({ code: 'unreadable-header', detail: `The header cannot be read. ${broken}`, line });
