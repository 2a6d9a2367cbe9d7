import type { ParsedRecord, RecordWarning } from '../../../../domain/discovery/record.ts';
import type { Format, UploadContext } from '../format.ts';
import { cutIntoBlocks, putBack } from './blocks.ts';
import { profileByName } from './choose-profile.ts';
import { clip } from './clean-cell.ts';
import { decode } from './decode.ts';
import { detectCsv } from './detect.ts';
import { type Dialect, readDialect } from './dialect.ts';
import { findTable, maxRowsAboveHeader, noTable, unreadableHeader } from './find-table.ts';
import { readLeniently } from './lenient-line.ts';
import { type Mapping, mapRow } from './map-row.ts';
import type { Notice } from './notice.ts';
import { type BrokenRow, type Row, readRows } from './rows.ts';

/**
 * Asset books and lists of services as delimited text (comma, semicolon, tab or bar), mapped by profiles. Throws `UnreadableFile`
 * with the codes `unknown-profile`, `no-profile`, `unreadable-header`, `too-many-columns` and `empty-file`. See discovery-formats.md,
 * section 6, for what is met in the wild.
 */
export const csv: Format = {
  name: 'csv',
  detect: detectCsv,
  parse: (body, context) => parseCsv(body, context),
};

async function* parseCsv(
  body: AsyncIterable<Uint8Array>,
  context: UploadContext,
): AsyncGenerator<ParsedRecord, undefined> {
  const named = context.profile === undefined ? undefined : profileByName(context.profile);
  const { bytes, notices } = decode(body);
  const blocks = cutIntoBlocks(bytes);
  const head = await blocks.next();
  if (head.value === undefined) throw noTable(undefined, named);
  const dialect = readDialect(head.value.toString('utf8'), named?.delimiter);

  let table: Mapping | undefined;
  let pending: RecordWarning[] = [];
  let recordIndex = 0;
  const above: string[][] = [];
  for await (const row of readRows(putBack(head.value, blocks), dialect)) {
    if (row.line <= dialect.preamble) continue;
    const cells = cellsOf(row, dialect, table);
    if (cells?.every((cell) => cell.trim() === '')) continue;
    if (table === undefined) {
      if (cells === undefined) throw unreadableHeader(row as BrokenRow);
      above.push(cells);
      table = findTable(cells, named);
      if (table === undefined && above.length >= maxRowsAboveHeader) break;
      pending = table?.header.warnings ?? [];
      continue;
    }
    const parsed: ParsedRecord =
      cells === undefined
        ? brokenFault(row as BrokenRow, recordIndex)
        : mapRow({ cells, line: row.line, recordIndex }, table);
    recordIndex += 1;
    pending.push(...takeNotices(notices, row.end));
    if ('record' in parsed) parsed.record.warnings.unshift(...pending.splice(0), ...lenientWarning(row));
    yield parsed;
  }
  if (table === undefined) throw noTable(above[0], named);
}

/** The cells of a row; of a broken one those of its first line if quotes taken literally give the right number of them. */
const cellsOf = (row: Row | BrokenRow, dialect: Dialect, table: Mapping | undefined): string[] | undefined => {
  if ('cells' in row) return row.cells;
  return row.isLast ? undefined : readLeniently(row.text, dialect, table?.header.titles.length);
};

const lenientWarning = (row: Row | BrokenRow): RecordWarning[] =>
  'cells' in row
    ? []
    : [{ code: 'stray-quote', detail: `Line ${row.line}: ${row.broken}; quotes were taken as they stand` }];

const brokenFault = ({ broken, text, line }: BrokenRow, recordIndex: number): ParsedRecord => ({
  fault: { recordIndex, line, errors: [{ line, reason: broken, value: clip(text.trim(), 200) }] },
});

/** What was noticed while decoding the bytes up to `end`; each is told once. */
const takeNotices = (notices: Notice[], end: number): RecordWarning[] => {
  const due = notices.filter((notice) => !notice.isTold && notice.offset < end);
  for (const notice of due) notice.isTold = true;
  return due.map(({ code, detail }) => ({ code, detail }));
};
