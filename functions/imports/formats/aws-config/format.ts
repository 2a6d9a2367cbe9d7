import type { Format, UploadContext } from '../format.ts';
import { inAnswers } from '../json-answers.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, readJsonRecords } from '../json-records.ts';
import { detectAwsConfig } from './detect.ts';
import { isInventory, mapInventoryItem } from './inventory.ts';
import { readItem } from './item.ts';
import { mapItem } from './map-item.ts';
import { type Unwrapped, unwrapItems } from './unwrap.ts';

/** Snapshots and histories, batch answers, query answers. */
const split = ['configurationItems', 'baseConfigurationItems', 'Results'];

/**
 * AWS Config: configuration snapshots and history files, change notifications (bare, in SNS, SQS, EventBridge or a rule's event),
 * the answers of GetResourceConfigHistory, BatchGetResourceConfig and SelectResourceConfig, and single items; as the API writes them or
 * recorded by placebo. Snapshots are read as a stream. Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const awsConfig: Format = {
  name: 'aws-config',
  detect: detectAwsConfig,
  parse: (body, context) =>
    readJsonRecords(
      body,
      { split },
      inAnswers(split, { map: (value, key, place) => mapPiece(value, key, place, context) }),
    ),
};

const mapPiece = (value: unknown, key: string | undefined, place: Place, context: UploadContext): Draft[] => {
  const found = unwrapItems(value);
  if (found.length > 0) return found.flatMap((one) => mapUnwrapped(one, place, context));
  return key === undefined ? [] : [faultAt(place, namesNothing)];
};

const namesNothing =
  'Nothing names this resource: it has no resourceType and resourceId, and no ARN that tells them. Add them to the query or the export.';

const mapUnwrapped = (unwrapped: Unwrapped, place: Place, context: UploadContext): Draft[] => {
  if ('reason' in unwrapped) {
    return [{ ...faultAt(place, unwrapped.reason, { pointer: unwrapped.pointer }), syntax: true }];
  }
  const item = readItem(unwrapped.item);
  if (item === undefined) return [faultAt(place, namesNothing)];
  if (isInventory(item)) return mapInventoryItem(item, context, place);
  const record = mapItem(item);
  const warnings = unwrapped.summary === true ? [...record.warnings, oversized] : record.warnings;
  return [{ record: { ...record, line: place.line, warnings } }];
};

const oversized = {
  code: 'oversized-item',
  detail:
    'The notification only tells that the item changed: it was too large. Import the history file that it points to.',
};
