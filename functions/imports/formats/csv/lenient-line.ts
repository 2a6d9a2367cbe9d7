import { parse } from 'csv-parse/sync';
import type { Dialect } from './dialect.ts';
import { parserOptions } from './parser-session.ts';

/**
 * Reads one physical line with quotes out of place (`Monitor 19" wide;Dell`) taken literally, as tools write that never quote.
 * Only believed when it gives exactly `width` cells (any number where that is not known yet); otherwise undefined.
 */
export const readLeniently = (text: string, dialect: Dialect, width: number | undefined): string[] | undefined => {
  try {
    const rows = parse(text, { ...parserOptions(dialect), relax_quotes: true }) as unknown as string[][];
    return rows.length === 1 && (width === undefined || rows[0]?.length === width) ? rows[0] : undefined;
  } catch {
    return undefined;
  }
};
