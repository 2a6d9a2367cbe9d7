import { flag, isObject, number, text } from '../glpi-json/values.ts';
import type { HostFacts, Json } from './host-facts.ts';

/** The value at a path of keys joined by dots, through own properties only; undefined where the path ends early. */
export const valueAt = (from: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce((value, key) => (isObject(value) || Array.isArray(value) ? ownValue(value, key) : undefined), from);

const ownValue = (from: object, key: string): unknown => (Object.hasOwn(from, key) ? (from as Json)[key] : undefined);

/** The first text among the paths; numbers are read as text, blank text is none. */
export const textAt = (from: unknown, ...paths: string[]): string | undefined => {
  for (const path of paths) {
    const found = text.parse(valueAt(from, path));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The first number among the paths; a unit behind it is cut off. */
export const numberAt = (from: unknown, ...paths: string[]): number | undefined => {
  for (const path of paths) {
    const found = number.parse(valueAt(from, path));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A truth, also as text (`"true"`, `"0"`). */
export const flagAt = (from: unknown, path: string): boolean | undefined => flag.parse(valueAt(from, path));

/** The entries of an object, of a list by index, or none. */
export const entriesAt = (from: unknown, path: string): [string, unknown][] => {
  const value = valueAt(from, path);
  return isObject(value) || Array.isArray(value) ? Object.entries(value) : [];
};

/** The values of a list, which flattened facts write as an object with the keys 0, 1, 2. */
export const listAt = (from: unknown, path: string): unknown[] => entriesAt(from, path).map(([, value]) => value);

/** The texts of a list, or one text alone. */
export const textsAt = (from: unknown, path: string): string[] => {
  const value = valueAt(from, path);
  const all = isObject(value) || Array.isArray(value) ? Object.values(value) : [value];
  return all.flatMap((one) => text.parse(one) ?? []);
};

const mib = { k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024 } as const;

/** MiB from `"10018628kB"`, `"62.82 GiB"`; a bare number is in the unit `bare`. Rounded down, as tools do. */
export const mebibytes = (value: unknown, bare: 'b' | 'm'): number | undefined => {
  const [, digits = '', unit] = /^([\d.]{1,20})\s*([kmgt])?i?b?$/i.exec(text.parse(value) ?? '') ?? [];
  const factor =
    unit === undefined ? (bare === 'm' ? 1 : 1 / 1024 / 1024) : mib[unit.toLowerCase() as keyof typeof mib];
  const found = Math.floor(Number(digits) * factor);
  return digits === '' || !Number.isFinite(found) ? undefined : found;
};

/** Processors: name without the blanks that fill it up, and sensible counts only. */
export const cpuOf = (name: string | undefined, sockets?: number, cores?: number): HostFacts['cpu'] => ({
  name: name?.replaceAll(/\s+/g, ' '),
  sockets: countOf(sockets),
  cores: countOf(cores),
});

const countOf = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isInteger(value) && value > 0 ? value : undefined;

/** Whether an address is one that the system makes up anew every day, by its flags. */
export const isTemporary = (flags: readonly unknown[]): boolean =>
  flags.some((one) => /^temp|^deprecated$/i.test(String(one)));
