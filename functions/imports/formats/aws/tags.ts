import type { AttributeValue } from '../../../../domain/discovery/facts.ts';
import { isObject, objectsOf } from '../glpi-json/values.ts';

const most = 20;
const secret = /passw|secret|token|credential|api[-_ ]?key|private[-_ ]?key/i;

const pairsOf = (tags: unknown): [string, unknown][] =>
  isObject(tags) && !('key' in tags)
    ? Object.entries(tags)
    : objectsOf(tags).flatMap(({ key, value }) => (typeof key === 'string' ? [[key, value] as [string, unknown]] : []));

/**
 * At most 20 short tags in name order, from an object or a list of `{key, value}`. Left out are those of AWS itself (`aws:`) and those
 * whose name sounds like a secret.
 */
export const tagsOf = (...tags: unknown[]): Record<string, AttributeValue> => {
  const found = tags.map(pairsOf).find(({ length }) => length > 0) ?? [];
  const fit = found.flatMap(([name, value]): [string, string][] => {
    const text = typeof value === 'string' ? value.trim() : '';
    const tooLong = name.length > 100 || text.length > 200;
    return text === '' || tooLong || /^aws:|^__proto__$/i.test(name) || secret.test(name) ? [] : [[name, text]];
  });
  return Object.fromEntries(fit.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most));
};

/**
 * The section `tags`. Of a thing that is told whole also an empty one: who took its last tag off says that it has none. Where the file
 * does not speak of tags, or only lists things, what is known of them stays.
 */
export const tagSection = (isWhole: boolean, ...told: unknown[]): { tags?: Record<string, AttributeValue> } => {
  const tags = tagsOf(...told);
  const isTold = isWhole && told.some((one) => isObject(one) || Array.isArray(one));
  return isTold || Object.keys(tags).length > 0 ? { tags } : {};
};

/** The value of the tag `Name`, which AWS consoles show as the name. */
export const nameTagOf = (...tags: unknown[]): string | undefined => {
  const found = tags.flatMap(pairsOf).find(([name, value]) => name === 'Name' && typeof value === 'string');
  const name = String(found?.[1] ?? '').trim();
  return name === '' ? undefined : name;
};
