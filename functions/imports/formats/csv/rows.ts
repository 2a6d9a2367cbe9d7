import type { Dialect } from './dialect.ts';
import { maxRecordSize, openSession } from './parser-session.ts';

/** A row as it stands in the file. `line`: physical line of its start, from 1. `end`: offset behind it, in decoded bytes. */
export type Row = { cells: string[]; line: number; end: number };

/** A row that breaks the rules of CSV. `text` is its first physical line; reading goes on with the next one unless `isLast`. */
export type BrokenRow = { broken: string; text: string; line: number; end: number; isLast: boolean };

/** Bytes of one row with its quotes and delimiters. */
const maxRawSize = 3 * maxRecordSize;
/** So many broken rows mean that the file is something else; each costs a new parser. */
const maxBroken = 20_000;

/**
 * Streams the rows of a file, blank ones too (a blank line is one empty cell). A row with a quote out of place or too long is
 * yielded as broken and parsing starts afresh on the physical line after its first, so that the good rows behind it still land.
 * At most one block and one row are held.
 */
export async function* readRows(
  blocks: AsyncIterable<Buffer>,
  dialect: Dialect,
): AsyncGenerator<Row | BrokenRow, undefined> {
  const breaks = dialect.lineBreaks.includes('\r') ? /\r\n|\r|\n/g : /\n/g;
  let session = openSession(dialect);
  let held: Buffer = Buffer.alloc(0);
  let at = { line: 1, offset: 0 };
  let broken = 0;
  let isSkipping = false;

  const drop = (length: number): void => {
    const lines = held.toString('latin1', 0, length).match(breaks)?.length ?? 0;
    held = held.subarray(length);
    at = { line: at.line + lines, offset: at.offset + length };
  };

  async function* advance(bytes: Buffer, isLast: boolean): AsyncGenerator<Row | BrokenRow, undefined> {
    let fresh = bytes;
    while (broken <= maxBroken) {
      if (isSkipping) {
        const next = lineEnd(held, dialect);
        drop(next === 0 ? held.length : next);
        if (next === 0) return;
        isSkipping = false;
        session = openSession(dialect, at.offset);
        fresh = held;
      }
      let reason = await session.feed(fresh, isLast);
      for (const { cells, end } of session.rows.splice(0)) {
        if (end - at.offset > maxRawSize) {
          reason = 'CSV_MAX_RECORD_SIZE';
          break;
        }
        const { line } = at;
        drop(end - at.offset);
        yield { cells, line, end };
      }
      if (reason === undefined && held.length > maxRawSize) reason = 'CSV_MAX_RECORD_SIZE';
      if (reason === undefined) return;
      broken += 1;
      isSkipping = true;
      const end = Math.min(lineEnd(held, dialect) || held.length, maxRecordSize);
      const isTooMany = broken > maxBroken;
      const why = isTooMany ? tooManyBroken : (reasons[reason] ?? reason);
      yield {
        broken: why,
        text: held.toString('utf8', 0, end),
        line: at.line,
        end: at.offset + end,
        isLast: isTooMany,
      };
    }
  }

  for await (const block of blocks) {
    held = Buffer.concat([held, block]);
    yield* advance(block, false);
    if (broken > maxBroken) return;
  }
  yield* advance(Buffer.alloc(0), true);
}

/** Index behind the first line end, 0 if there is none. */
const lineEnd = (bytes: Buffer, { lineBreaks }: Dialect): number => {
  const lineFeed = bytes.indexOf(10);
  const carriageReturn = lineBreaks.includes('\r') ? bytes.indexOf(13) : -1;
  const ends = [lineFeed, carriageReturn].filter((index) => index >= 0);
  return ends.length === 0 ? 0 : Math.min(...ends) + 1;
};

const tooManyBroken = `More than ${maxBroken} rows have quotes out of place; the rest of the file was not read`;

const reasons: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'A quote (") is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'Text follows a closing quote ("); inside a quoted cell a quote is written twice',
  INVALID_OPENING_QUOTE: 'A quote (") stands inside a cell that is not quoted',
  CSV_MAX_RECORD_SIZE: 'The row is longer than 64 kB; perhaps a quote (") is opened and never closed',
};
