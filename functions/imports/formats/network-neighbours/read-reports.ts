import { isObject } from '../glpi-json/values.ts';
import { readLldpctl } from './read-lldpctl.ts';
import { readNapalm } from './read-napalm.ts';
import { readTextfsm } from './read-textfsm.ts';
import type { Report } from './report.ts';

/** Devices of one file. */
const mostDevices = 5000;

const readOne = (value: unknown): Report | undefined => readLldpctl(value) ?? readTextfsm(value) ?? readNapalm(value);

/** What a document reports: of one device, or of several by their names, as automation tools collect it. Empty when it is neither. */
export const readReports = (document: unknown): Report[] => {
  const one = readOne(document);
  if (one !== undefined) return [one];
  if (!isObject(document)) return [];
  return Object.entries(document)
    .slice(0, mostDevices)
    .flatMap(([device, value]) => {
      const report = readOne(value);
      return report === undefined ? [] : [{ ...report, device: report.device ?? device }];
    });
};
