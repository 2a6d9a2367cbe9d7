import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import { inBlocks } from '../host-facts/in-blocks.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { mapDevice } from './map-device.ts';
import { createSeparator } from './organisations.ts';
import { rowsIn } from './unwrap.ts';

/** Characters of one document: lists by organisation are one. */
const largest = 32 * 1024 * 1024;
/** Answers of Microsoft Graph and of Jamf Pro. Other lists are read whole, because what stands beside them says whose they are. */
const split = ['value', 'results'];
const begins = /^\uFEFF?\s*[{[]/;

const all = (...keys: string[]) => {
  const patterns = keys.map((key) => new RegExp(`"${key}"\\s*:`));
  return (head: string): boolean => patterns.every((pattern) => pattern.test(head));
};
const ofTools = [
  all('managedDeviceOwnerType'),
  all('azureADDeviceId', 'deviceName'),
  all('device_id', 'device_name', 'platform', 'serial_number'),
  all('hardware_overview', 'general', 'device_id'),
  all('general', 'udid', 'userAndLocation'),
  all('general', 'udid', '(?:serial_number|serialNumber)', '(?:hardware|location|purchasing)'),
  all('udid', 'serial_number', 'managed', 'mac_address'),
];

const namesNothing =
  'Nothing names this device: it has no id of its tool and no usable serial, UDID, IMEI or asset tag.';
const noDevices = 'No device of Intune, Jamf or Kandji stands here.';

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
  return { map };
};

/**
 * Devices that a mobile device management knows: Microsoft Intune (`managedDevices`), Jamf Pro (classic and current APIs) and Kandji.
 * Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const mdm: Format = {
  name: 'mdm',
  detect: (head) => begins.test(head) && ofTools.some((recognises) => recognises(head)),
  parse: (body) => readJsonRecords(inBlocks(body), { split, largest }, createMapper()),
};
