import type { AttributeValue } from '../../../../domain/discovery/facts.ts';

/** Private keys, and user and password inside a URL. */
const secret = /-----BEGIN|:\/\/[^/\s:@]*:[^/\s@]+@/;
/** What support bundles write in place of what they hide. */
const hidden = /^\*{3}(?:HIDDEN)?\*{0,3}$/;

/** The value as a fact: truth, finite number, or text of at most 200 characters that holds no secret; undefined for anything else. */
export const smallValue = (value: unknown): AttributeValue | undefined => {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return smallText(value);
};

/** A text of at most 200 characters that is not blank, not hidden and holds no secret. */
export const smallText = (value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > 200 || secret.test(text) || hidden.test(text) ? undefined : text.toWellFormed();
};

/** The named keys of an object that hold small values; nothing else of it is looked at. */
export const smallFacts = (
  from: Readonly<Record<string, unknown>> | undefined,
  shown: readonly string[],
): Record<string, AttributeValue> =>
  Object.fromEntries(
    shown.flatMap((key) => {
      const value = from !== undefined && Object.hasOwn(from, key) ? smallValue(from[key]) : undefined;
      return value === undefined ? [] : [[key, value] as const];
    }),
  );

/** At most `most` different texts in text order; undefined for none, so that the fact is left out. */
export const textList = (values: readonly unknown[], most = 16): string[] | undefined => {
  const found = [...new Set(values.flatMap((value) => smallText(value) ?? []))].sort().slice(0, most);
  return found.length === 0 ? undefined : found;
};
