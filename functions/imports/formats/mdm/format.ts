import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { detectMdm } from './detect.ts';
import { mapDevice } from './map-device.ts';
import { createSeparator } from './organisations.ts';
import { rowsIn } from './unwrap.ts';

/** Characters of one document: lists by organisation are one. */
const largest = 32 * 1024 * 1024;
/** Answers of Microsoft Graph and of Jamf Pro. Other lists are read whole, because what stands beside them says whose they are. */
const split = ['value', 'results', 'resources'];

const namesNothing =
  'Nothing names this device: it has no id of its tool and no usable serial, UDID, IMEI or asset tag.';
const noDevices = 'No device of Intune, Jamf, Kandji, CrowdStrike, Defender or SentinelOne stands here.';

const createMapper = (): JsonMapper => {
  const separate = createSeparator();
  const isRest = (value: unknown): boolean => isObject(value) && split.some((key) => Array.isArray(value[key]));
  const map = (value: unknown, key: string | undefined, place: Place): Draft[] => {
    const rows = rowsIn(value);
    if (rows.length === 0) return key === undefined && isRest(value) ? [] : [faultAt(place, noDevices)];
    return rows.flatMap((row): Draft[] => {
      const records = mapDevice(row, separate);
      if (records === undefined) return [faultAt(place, namesNothing)];
      return records.map((record) => ({ record: { ...record, line: place.line } }));
    });
  };
  /** What an organisation is named with is compared with what others in the file show. */
  const standsAlone = (value: unknown): boolean =>
    rowsIn(value).every(({ organisation }) => organisation === undefined);
  return { map, standsAlone };
};

/**
 * Devices that a device management knows: Microsoft Intune (`managedDevices`), Jamf Pro (classic and current APIs) and Kandji; and
 * hosts that an endpoint protection watches: CrowdStrike, Microsoft Defender and SentinelOne.
 * Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const mdm: Format = {
  name: 'mdm',
  version: 1,
  detect: detectMdm,
  parse: (body, { pieces }) => readJsonRecords(body, { split, largest }, createMapper(), pieces),
};
