import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, readJsonRecords } from '../json-records.ts';
import { detectAzureResources } from './detect.ts';
import { mapResource } from './map-resource.ts';
import { readResource } from './resource.ts';
import { unwrapResources } from './unwrap.ts';

const split = ['interactions', 'value', 'data'];
/** Characters of one document: a table answer of Resource Graph holds 1,000 rows of about 5 kB. */
const largest = 32 * 1024 * 1024;

/**
 * Resources of Azure: answers of Resource Graph (objects or table), of ARM and of the CLI (`az resource list`, `az vm list`), bare,
 * one per line, or recorded by placebo or as a cassette. Lists are read as a stream. ARM templates are refused: they name no resource.
 * Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const azureResources: Format = {
  name: 'azure-resources',
  version: 1,
  detect: detectAzureResources,
  parse: (body, { pieces }) =>
    readJsonRecords(
      body,
      { split, largest },
      { map: mapPiece, standsAlone: (value) => unwrapResources(value).length > 0 },
      pieces,
    ),
};

const namesNothing =
  'No id names this resource: it needs its id (/subscriptions/...). Add it to the query; a template names none, so export the resources.';
const holdsNone = 'No resource stands here. Upload what Resource Graph, az resource list or az vm list writes as JSON.';

const mapPiece = (value: unknown, key: string | undefined, place: Place): Draft[] => {
  const found = unwrapResources(value);
  if (found.length > 0) return found.map((raw) => draftOf(raw, place));
  // A recorded answer may be of something else; a document without resources may be what is left of a list.
  if (key === 'interactions' || (key === undefined && holdsList(value))) return [];
  return [faultAt(place, key === undefined ? holdsNone : namesNothing)];
};

const draftOf = (raw: Record<string, unknown>, place: Place): Draft => {
  const resource = readResource(raw);
  return resource === undefined
    ? faultAt(place, namesNothing)
    : { record: { ...mapResource(resource), line: place.line } };
};

const holdsList = (value: unknown, depth = 0): boolean =>
  isObject(value) &&
  Object.entries(value).some(
    ([key, one]) => (Array.isArray(one) && split.includes(key)) || (depth === 0 && holdsList(one, 1)),
  );
