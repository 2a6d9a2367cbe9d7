import type { RawRelation } from '../../../../domain/discovery/record.ts';
import { currencyDecimals } from '../csv/currencies.ts';
import type { Format, UploadContext } from '../format.ts';
import { isObject, objectsOf } from '../glpi-json/values.ts';
import { inBlocks } from '../host-facts/in-blocks.ts';
import { valueAt as valueAtPath } from '../host-facts/pick.ts';
import { inAnswers } from '../json-answers.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { detectItsmJson } from './detect.ts';
import { readLansweeper } from './lansweeper.ts';
import { mapThing } from './map-thing.ts';
import { createNetBox } from './netbox.ts';
import { kindOfRow, readServiceNow } from './servicenow.ts';
import { keyOfRow, readRelation } from './servicenow-relations.ts';
import { readSnipeIt } from './snipe-it.ts';
import type { Thing } from './thing.ts';

const largest = 32 * 1024 * 1024;
/** Answers of ServiceNow, Snipe-IT and NetBox; the lists of Lansweeper lie too deep and are read whole, a page each. */
const split = ['result', 'rows', 'results', 'records'];
const mostRelations = 200_000;
const noRow = 'This row is no asset, CI or relation of ServiceNow, Snipe-IT, Lansweeper or NetBox, or it has no id.';

/** Rows of Lansweeper's answers, or a row by itself. */
const rowsIn = (value: unknown): unknown[] => {
  const items = ['data.site.assetResources.items', 'site.assetResources.items', 'assetResources.items', 'items'];
  const list = items.map((path) => valueAtPath(value, path)).find(Array.isArray);
  return list ?? [value];
};

const createMapper = (home: string): JsonMapper => {
  const netBox = createNetBox();
  const relations = new Map<string, { place: Place; told: RawRelation[] }>();
  let count = 0;
  const relate = (row: Record<string, unknown>, place: Place): Draft[] => {
    const found = readRelation(row);
    if (found === undefined) return [faultAt(place, 'The relation does not name both of its ends by sys_id.')];
    if (count >= mostRelations)
      return [faultAt(place, `More than ${mostRelations} relations; split the file by parent.`)];
    count += 1;
    const known = relations.get(found.parent) ?? { place, told: [] };
    known.told.push(found.relation);
    relations.set(found.parent, known);
    return [];
  };
  const mapRow = (value: unknown, place: Place): Draft[] => {
    if (!isObject(value)) return [faultAt(place, noRow)];
    if ('sys_id' in value && kindOfRow(value) === 'relation') return relate(value, place);
    const thing = readThing(value);
    if (thing === 'passed') return [];
    if (thing === undefined) return [faultAt(place, noRow)];
    return mapThing(thing, home).map((record) => ({ record: { ...record, line: place.line } }));
  };
  const readThing = (value: Record<string, unknown>): Thing | 'passed' | undefined => {
    if ('sys_id' in value) return readServiceNow(value);
    if (isObject(value.assetBasicInfo)) return readLansweeper(value);
    return 'status_label' in value ? readSnipeIt(value) : netBox.read(value);
  };
  const map = (value: unknown, key: string | undefined, place: Place): Draft[] => {
    if (key === undefined && isObject(value) && split.some((name) => Array.isArray(value[name]))) return [];
    const rows = isObject(value) && isObject(value.result) ? objectsOf(value.result) : rowsIn(value);
    return rows.flatMap((row) => mapRow(row, place));
  };
  /** All that a parent's rows tell comes as one record of it: a second one would end what the first one told. */
  const finishRelations = (): Draft[] =>
    [...relations].map(([parent, { place, told }]) => ({
      record: {
        line: place.line,
        nativeKey: keyOfRow(parent),
        half: 'discovery',
        action: 'upsert',
        partial: true,
        nature: 'unknown',
        identifiers: [],
        sections: {},
        relations: told.sort((a, b) => (`${a.type} ${a.record}` < `${b.type} ${b.record}` ? -1 : 1)),
        warnings: [],
      },
    }));
  const finish = (): Draft[] => [
    ...netBox.finish().flatMap((thing) => mapThing(thing, home).map((record) => ({ record }))),
    ...finishRelations(),
  ];
  return { map, finish };
};

/** The currency of bare amounts: dollars, or what the upload's profile names (`itsm:EUR`). */
const currencyFor = ({ profile }: UploadContext): string => {
  const code = /(?:^|:)([A-Z]{3})(?:$|:)/.exec(profile ?? '')?.[1] ?? 'USD';
  return currencyDecimals(code) === undefined ? 'USD' : code;
};

/**
 * JSON of ITSM and inventory tools: ServiceNow's table API (assets, CIs and their relations, with and without display values),
 * Snipe-IT, Lansweeper and NetBox (API and dump). Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const itsmJson: Format = {
  name: 'itsm-json',
  detect: detectItsmJson,
  parse: (body, context) =>
    readJsonRecords(inBlocks(body), { split, largest }, inAnswers(split, createMapper(currencyFor(context)))),
};
