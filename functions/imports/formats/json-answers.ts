import { isObject } from './glpi-json/values.ts';
import type { Draft, JsonMapper } from './json-records.ts';

/**
 * Lets a mapper also read a list of whole answers, as `jq -s` makes of several files: what stands in the lists named in `split` is handed
 * over as if the answer were a document of its own, all of one answer with its place.
 */
export const inAnswers = (split: readonly string[], mapper: JsonMapper): JsonMapper => ({
  ...mapper,
  map: function* (value, key, place): Iterable<Draft> {
    const lists = key === '' && isObject(value) ? split.filter((name) => Array.isArray(value[name])) : [];
    if (!isObject(value) || lists.length === 0) {
      yield* mapper.map(value, key, place);
      return;
    }
    for (const name of lists) for (const one of value[name] as unknown[]) yield* mapper.map(one, name, place);
    yield* mapper.map({ ...value, ...Object.fromEntries(lists.map((name) => [name, []])) }, undefined, place);
  },
});
