import type { Format } from '../format.ts';
import { cleanCell } from './clean-cell.ts';
import { readDialect, withoutQuoted } from './dialect.ts';

/**
 * Whether text looks like a delimited table: not JSON, XML or YAML, and a first line of at least two short cells.
 * A file for which a CSV profile is named is taken at its word. What the columns mean is left to the profiles, whose refusal can say what is missing.
 */
export const detectCsv: Format['detect'] = (head, { profile }) => {
  const text = head.replaceAll('\0', '').replace(/^[\ufeff\ufffd\s]+/, '');
  if (/^(?:[{[<]|---|%YAML)/.test(text)) return false;
  if (profile !== undefined) return text !== '';
  const { delimiter, lineBreaks, preamble } = readDialect(text);
  const lines = text.split(lineBreaks.includes('\r') ? '\r' : '\n', 12).slice(preamble);
  return lines.some((line) => {
    const quoted = line.replaceAll(/"[^"]*"/g, 'q');
    const cells = withoutQuoted(quoted).split(delimiter).map(cleanCell);
    return (
      cells.length >= 2 && cells.filter((cell) => cell !== '').length >= 2 && cells.every((cell) => cell.length <= 200)
    );
  });
};
