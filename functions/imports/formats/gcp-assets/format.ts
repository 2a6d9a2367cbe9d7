import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { readAsset } from './asset.ts';
import { isKept } from './classify.ts';
import { withoutComments } from './comment-lines.ts';
import { detectGcpAssets } from './detect.ts';
import { mapAsset } from './map-asset.ts';
import { unwrapAssets } from './unwrap.ts';

const split = ['assets', 'items', 'results'];
/** Characters of one document: an aggregated list of the Compute API is one. */
const largest = 32 * 1024 * 1024;

/**
 * Cloud Asset Inventory of GCP: exports (a JSON document per line, in snake or camel case, with or without comment lines), lists,
 * histories, searches, feed messages; and lists of the Compute API. Read as a stream.
 * Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const gcpAssets: Format = {
  name: 'gcp-assets',
  detect: detectGcpAssets,
  parse: (body) => readJsonRecords(withoutComments(body), { split, largest }, createMapper()),
};

const namesNothing =
  'Nothing names this asset: it needs its full name (//service/...) and its type. Export it with the asset type and the name.';
const holdsNone = 'No asset stands here. Upload what gcloud asset export, list or search-all-resources writes as JSON.';

const createMapper = (): JsonMapper => {
  let kept = 0;
  let left: { place: Place; count: number } | undefined; // pods and the like
  const draftOf = (raw: Record<string, unknown>, place: Place): Draft[] => {
    const asset = readAsset(raw);
    if (asset === undefined) return [faultAt(place, namesNothing)];
    if (!isKept(asset.type)) {
      left = { place: left?.place ?? place, count: (left?.count ?? 0) + 1 };
      return [];
    }
    kept += 1;
    return [{ record: { ...mapAsset(asset), line: place.line } }];
  };
  return {
    map: (value, key, place) => {
      const found = unwrapAssets(value);
      if (found.length > 0) return found.flatMap((raw) => draftOf(raw, place));
      // `items` is also what instances call their metadata; a document without assets may be what is left of a list.
      const isRest = key === 'items' || (key === undefined && isObject(value) && holdsList(value));
      return isRest ? [] : [faultAt(place, key === undefined ? holdsNone : namesNothing)];
    },
    finish: () =>
      kept > 0 || left === undefined
        ? []
        : [
            faultAt(
              left.place,
              `The file holds only pods and the like (${left.count}), which come and go with their controller.`,
            ),
          ],
  };
};

const holdsList = (value: Record<string, unknown>, depth = 0): boolean =>
  Object.entries(value).some(
    ([key, one]) =>
      (Array.isArray(one) && split.includes(key)) ||
      (depth === 0 && isObject(one) && (key === 'items' || holdsList(one, 1))),
  );
