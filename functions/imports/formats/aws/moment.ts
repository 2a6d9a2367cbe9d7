import { isObject } from '../glpi-json/values.ts';

const fromParts = (parts: Record<string, unknown>): number => {
  const of = (name: string): number => (typeof parts[name] === 'number' ? parts[name] : 0);
  const micro = of('microsecond');
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'), micro / 1000);
};

const withoutZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

const millisecondsOf = (value: unknown): number => {
  if (isObject(value)) return value.__class__ === 'datetime' ? fromParts(value) : Number.NaN;
  if (typeof value !== 'number' && typeof value !== 'string') return Number.NaN;
  const text = String(value).trim();
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^\d{12,13}$/.test(text)) return Number(text);
  return Date.parse(withoutZone.test(text) ? `${text.replace(' ', 'T')}Z` : text);
};

/**
 * A moment as AWS and its tools write it (ISO-8601, seconds or milliseconds since 1970, a recorded Python `datetime`), in UTC with
 * milliseconds; undefined when it is none or lies outside the years 2000 to 2100. Without a zone it is UTC.
 */
export const momentOf = (...values: unknown[]): string | undefined => {
  for (const value of values) {
    const moment = new Date(millisecondsOf(value));
    const year = moment.getUTCFullYear();
    if (year >= 2000 && year < 2100) return moment.toISOString();
  }
  return undefined;
};
