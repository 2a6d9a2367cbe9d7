const absent = new Set([
  '-',
  '--',
  'n/a',
  '#n/a',
  'null',
  '(null)',
  '<null>',
  '#ref!',
  '#value!',
  '#name?',
  '0000-00-00',
  '0000-00-00 00:00:00',
]);

/** A cell without control characters, line breaks as blanks, trimmed. Invisible direction marks and joiners go as well. */
export const cleanCell = (cell: string): string => (/^[ -~]*$/.test(cell) ? cell.trim() : cleanOdd(cell));

const cleanOdd = (cell: string): string =>
  cell
    .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')
    .trim();

/** The cleaned cell, undefined where it says nothing: blank, or what spreadsheets and databases write for "no value". */
export const cellValue = (cell: string): string | undefined => {
  const value = cleanCell(cell);
  return value === '' || absent.has(value.toLowerCase()) ? undefined : value;
};

/** At most `max` UTF-16 units, never half a surrogate pair. */
export const clip = (text: string, max: number): string => {
  const cut = text.slice(0, max);
  return cut.isWellFormed() ? cut : cut.slice(0, -1).toWellFormed();
};

/** How a value is quoted in a message. */
export const shown = (text: string): string => {
  const value = cleanCell(text);
  return `"${value.length > 80 ? `${clip(value, 79)}…` : value}"`;
};
