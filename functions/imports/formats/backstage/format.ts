import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, numberDrafts, readJsonRecords } from '../json-records.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { beginsAsJson, detectBackstage } from './detect.ts';
import { mapEntity } from './map-entity.ts';

/** Answers of `/entities/by-query` and wrapped lists; an outermost list is read one by one anyway. */
const split = ['items', 'entities'];

const mapPiece = (value: unknown, key: string | undefined, place: Place): Draft[] => {
  const isRest = key === undefined && isObject(value) && split.some((name) => Array.isArray(value[name]));
  return isRest ? [] : mapEntity(value, place);
};

const fromYaml = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Draft> {
  for await (const found of readYaml(body)) {
    if ('value' in found) yield* mapEntity(found.value, found.place);
    else {
      const { line, column, reason } = found.fault;
      yield { fault: { line, errors: [{ line, column, reason }] }, syntax: true };
    }
  }
};

const parse = async function* (body: AsyncIterable<Uint8Array>) {
  const { isJson, all } = await peek(body);
  yield* isJson ? readJsonRecords(all, { split }, { map: mapPiece }) : numberDrafts(fromYaml(all), 'yaml-syntax');
};

/** Looks at the beginning of a file and gives all of it back. */
const peek = async (body: AsyncIterable<Uint8Array>) => {
  const chunks = body[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let text = '';
  while (text.trim() === '') {
    const { done, value } = await chunks.next();
    if (done === true) break;
    seen.push(value);
    text = Buffer.concat(seen)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield* seen;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  };
  return { isJson: beginsAsJson(text), all: all() };
};

/**
 * Software catalogs of Backstage: `catalog-info.yaml` with any number of documents, and entities as the catalog's API lists them.
 * Throws `UnreadableFile` with `yaml-syntax`, `json-syntax` or `no-usable-record`.
 */
export const backstage: Format = {
  name: 'backstage',
  detect: detectBackstage,
  parse,
};
