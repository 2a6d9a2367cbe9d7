import { clip } from './clean-cell.ts';
import type { TableRow } from './table-row.ts';

/** The text, cut to `max` UTF-16 units with a warning `truncated` that names the fact. */
export const fitText = (row: TableRow, fact: string, text: string | undefined, max: number): string | undefined => {
  if (text === undefined || text.length <= max) return text;
  row.warn('truncated', `${fact} was cut to ${max} characters`);
  return clip(text, max);
};
