/** How a file is written. `preamble`: lines before the header (Excel's `sep=;`, PowerShell's `#TYPE`) that are not data. */
export type Dialect = { delimiter: Delimiter; lineBreaks: string[]; preamble: number };

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * Reads the dialect from the start of a file (decoded, without byte-order mark). The delimiter is the profile's, else that of a `sep=`
 * line, else the one that stands most often outside quotes in the first line that has any. Line ends are LF and CRLF
 * when a LF stands outside quotes, else CR (old Macintosh exports). A stray CR in an LF file is no line end.
 */
export const readDialect = (head: string, fixed?: Delimiter): Dialect => {
  const bare = withoutQuoted(head);
  const text = /[\r\n]/.test(bare) ? bare : head;
  const isCarriageReturn = !text.includes('\n') && text.includes('\r');
  const lines = text.split(isCarriageReturn ? '\r' : '\n', 12);
  const separator = /^"?sep=([,;|\t]?)"?$/i.exec(text.split(/[\r\n]/, 1)[0] ?? '');
  const preamble = separator !== null || /^#type\s/i.test(lines[0] ?? '') ? 1 : 0;
  const named = delimiters.find((delimiter) => delimiter === separator?.[1]);
  return {
    delimiter: fixed ?? named ?? mostFrequent(lines.slice(preamble)),
    lineBreaks: isCarriageReturn ? ['\r\n', '\r', '\n'] : ['\r\n', '\n'],
    preamble,
  };
};

/** How often each delimiter stands in a line; the caller has taken quoted text out. */
const mostFrequent = (lines: readonly string[]): Delimiter => {
  for (const line of lines) {
    const counts = delimiters.map((delimiter) => line.split(delimiter).length - 1);
    const most = Math.max(...counts);
    if (most > 0) return delimiters[counts.indexOf(most)] ?? ',';
  }
  return ',';
};

/** The text without its quoted cells: a quote opens only at the start of a cell. `""` inside falls out as two empty cells would. */
export const withoutQuoted = (text: string): string => text.replaceAll(/(^|[,;\t|\r\n])[ ]?"[^"]*"(?:"[^"]*")*/g, '$1');
