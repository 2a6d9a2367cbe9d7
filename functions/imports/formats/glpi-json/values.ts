import * as z from 'zod';

type JsonObject = Record<string, unknown>;

/** Whether `value` is a JSON object (not a list, not null). */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asList = (value: unknown): unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
};

const readText = (value: unknown): string | undefined => {
  const [first] = asList(value);
  if (typeof first === 'number') return String(first);
  if (typeof first !== 'string') return undefined;
  const text = first.replaceAll(/\p{Cc}+/gu, ' ').trim();
  return text === '' ? undefined : text;
};

const readNumber = (value: unknown): number | undefined => {
  const digits = readText(value)?.match(/^-?\d{1,15}(\.\d{1,9})?/)?.[0];
  return digits === undefined ? undefined : Number(digits);
};

const readFlag = (value: unknown): boolean | undefined => {
  if (typeof value === 'boolean') return value;
  const word = readText(value)?.toLowerCase();
  if (word === undefined) return undefined;
  return ['true', '1', 'yes', 'on'].includes(word);
};

const readTexts = (value: unknown): string[] =>
  asList(value)
    .map(readText)
    .filter((entry) => entry !== undefined);

/** Text that may be written as a number or as a list of one; blank text is no text. */
export const text = z.unknown().transform(readText).optional();

/** A number that may be written as text, with or without a unit behind it (`"4194MB"`). */
export const number = z.unknown().transform(readNumber).optional();

/** A truth that may be written as text or as 0 and 1. */
export const flag = z.unknown().transform(readFlag).optional();

/** A list of texts that may be written as one text. */
export const texts = z.unknown().transform(readTexts).optional();

/** The objects of a list that may be written as one object. Whatever else stands in the list is left out. */
export const objectsOf = (value: unknown): JsonObject[] => asList(value).filter(isObject);

/** Rows of one shape; absent stays absent, because a partial file may only replace what it carries. */
export const rows = <S extends z.ZodType>(row: S) =>
  z
    .unknown()
    .transform((value) =>
      value === undefined || value === null ? undefined : objectsOf(value).map((entry) => row.parse(entry)),
    )
    .optional();

/** One object of a shape, or the first of a list of them. */
export const one = <S extends z.ZodType>(row: S) =>
  z
    .unknown()
    .transform((value) => {
      const [first] = objectsOf(value);
      return first === undefined ? undefined : row.parse(first);
    })
    .optional();
