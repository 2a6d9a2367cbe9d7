import { isObject } from '../glpi-json/values.ts';
import { textAt } from '../host-facts/pick.ts';

type Row = Record<string, unknown>;

const sysId = /^[\da-f]{32}$/i;

/**
 * A field as the table API writes it, by `sysparm_display_value`: a text, `{value, link}` for a reference, or
 * `{value, display_value}`. A dot-walked field is a key with dots in it.
 */
const cellOf = (row: Row, name: string): { value: string | undefined; display: string | undefined } => {
  const cell = Object.hasOwn(row, name) ? row[name] : undefined;
  if (!isObject(cell)) {
    const value = textAt({ cell }, 'cell') ?? (typeof cell === 'boolean' ? String(cell) : undefined);
    return { value, display: value };
  }
  return { value: textAt(cell, 'value'), display: textAt(cell, 'display_value') };
};

/** What a person would read: the display value; an id that stands there for a reference is none. */
export const shownAt = (row: Row, ...names: string[]): string | undefined => {
  for (const name of names) {
    const { display, value } = cellOf(row, name);
    const text = display ?? value;
    if (text !== undefined && !sysId.test(text)) return text;
  }
  return undefined;
};

/** What the database holds (ids, codes, ISO dates), else what is shown. */
export const valueAt = (row: Row, ...names: string[]): string | undefined => {
  for (const name of names) {
    const { display, value } = cellOf(row, name);
    const text = value ?? display;
    if (text !== undefined) return text;
  }
  return undefined;
};

/** The id of the row, or of the row that a reference names; also from the end of its link. */
export const idAt = (row: Row, name: string): string | undefined => {
  const value = valueAt(row, name);
  if (value !== undefined && sysId.test(value)) return value.toLowerCase();
  const cell = row[name];
  const link = isObject(cell) ? textAt(cell, 'link') : undefined;
  const last = link
    ?.replace(/[?#].*$/, '')
    .split('/')
    .at(-1);
  return last !== undefined && sysId.test(last) ? last.toLowerCase() : undefined;
};
