import { digest } from '../../../shared/digest.ts';

/** The key, or when it is longer than `longest` its beginning and a digest of the whole: as unique, and the same each time. */
export const fitKey = (key: string, longest: number): string =>
  key.length <= longest ? key : `${key.slice(0, longest - 33).toWellFormed()}#${digest(key)}`;

/** What a native key and a cloud id may be long. */
export const longestKey = 388;
export const longestId = 300;
