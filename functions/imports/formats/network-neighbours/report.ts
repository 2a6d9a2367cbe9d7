import { isObject } from '../glpi-json/values.ts';
import type { Neighbour } from './neighbour.ts';

/** What a device says of itself. */
export type DeviceFacts = {
  hostname?: string | undefined;
  fqdn?: string | undefined;
  vendor?: string | undefined;
  model?: string | undefined;
  serial?: string | undefined;
  osVersion?: string | undefined;
};

/**
 * What one device reports. `device`: the name the file gives it; `isHost`: it is a machine that runs lldpd, not known to be network
 * gear; `neighbours`: absent when the file is not about them.
 */
export type Report = {
  device?: string | undefined;
  facts?: DeviceFacts;
  mac?: string | undefined;
  isHost?: true;
  neighbours?: Neighbour[];
};

export type JsonObject = Record<string, unknown>;

/** The text of a value that may be a number or a list of texts (joined with blanks); undefined when there is none. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim().slice(0, 2000);
  if (!Array.isArray(value)) return undefined;
  const texts = value.slice(0, 64).filter((entry) => typeof entry === 'string' && entry.trim() !== '');
  return texts.length === 0 ? undefined : texts.join(' ').trim().slice(0, 2000);
};

/** A value of an object's own, by the first of these names that has a text. */
export const pick = (row: JsonObject, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const text = Object.hasOwn(row, name) ? textOf(row[name]) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
};

/** A value that may be repeated, as the list of its objects. */
export const objectsIn = (value: unknown): JsonObject[] => (Array.isArray(value) ? value : [value]).filter(isObject);
