import { type CsvError, type InfoRecord, type Options, type Parser, parse } from 'csv-parse';
import type { Dialect } from './dialect.ts';

/** The longest content of one row, in characters. */
export const maxRecordSize = 65_536;

export const parserOptions = ({ delimiter, lineBreaks }: Dialect): Options => ({
  delimiter,
  record_delimiter: lineBreaks,
  relax_column_count: true,
  max_record_size: maxRecordSize,
});

/** One run of the CSV parser over consecutive bytes; `end` of a row is an offset in the whole file. */
export type ParserSession = {
  rows: { cells: string[]; end: number }[];
  /** Parses more bytes; resolves to the parser's error code when a row is broken. The session is of no use after that. */
  feed: (bytes: Buffer, isLast: boolean) => Promise<string | undefined>;
};

/** Opens a parser at offset `base`. Rows are collected while they are parsed: a stream that fails drops what was not yet read from it. */
export const openSession = (dialect: Dialect, base = 0): ParserSession => {
  const rows: ParserSession['rows'] = [];
  const collect = (cells: string[], { bytes }: InfoRecord): null => {
    rows.push({ cells, end: base + bytes });
    return null;
  };
  const parser: Parser = parse({ ...parserOptions(dialect), on_record: collect as never });
  parser.on('error', () => undefined);
  return {
    rows,
    feed: (bytes, isLast) =>
      new Promise((resolve) => {
        const done = (error?: Error | null) => resolve(error ? ((error as CsvError).code ?? error.message) : undefined);
        parser.write(bytes, (error) => (error || !isLast ? done(error) : parser.end(done)));
      }),
  };
};
