import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import { inBlocks } from '../host-facts/in-blocks.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { assemble } from './assemble.ts';
import { detectRedfish } from './detect.ts';
import { mapEnclosure } from './enclosure.ts';
import { readIronic } from './ironic.ts';
import { mapBox } from './map-box.ts';
import { type Resource, resourcesIn } from './resources.ts';

/** Characters of one document: a map of all resources of a service is one. */
const largest = 32 * 1024 * 1024;
const mostLoose = 20_000;

const unnamed =
  'Nothing names this machine: no usable serial, UUID, asset tag or MAC address. Export the system with its interfaces.';
const onlyLinks = 'This collection only links to its members: export it with $expand, or the members themselves.';
const noMachine =
  'No machine is described here. Upload Systems and Chassis resources; a service root, a management controller or a log is none.';

const tooMany = `More than ${mostLoose} resources apart from each other; split the file.`;

const draftsOf = (resources: readonly Resource[], place: Place): Draft[] => {
  const { boxes, enclosures } = assemble(resources);
  const records = [...enclosures.map(mapEnclosure), ...boxes.map(mapBox)];
  return records.map((record) => draftOf(record, place));
};

const draftOf = (record: ReturnType<typeof mapBox>, place: Place): Draft =>
  record === undefined ? faultAt(place, unnamed) : { record: { ...record, line: place.line } };

/** Resources that come one by one are joined at the end of the file; those that are no machine only matter when nothing else comes. */
const createMapper = (): JsonMapper => {
  const loose: Resource[] = [];
  let from: Place | undefined; // of the first of them
  let nothing: Draft | undefined; // the first piece that described no machine
  let told = false;
  const tell = (drafts: Draft[], place: Place, reason = noMachine): Draft[] => {
    if (drafts.length === 0) nothing ??= faultAt(place, reason);
    told ||= drafts.length > 0;
    return drafts;
  };
  const map = (value: unknown, _key: string | undefined, place: Place): Draft[] => {
    const ironic = readIronic(value);
    if (ironic !== undefined) return tell([draftOf(mapBox(ironic), place)], place);
    const found = resourcesIn(value);
    const [first] = found;
    if (first === undefined) return tell([], place, isOfLinks(value) ? onlyLinks : noMachine);
    if (found.length > 1) return tell(draftsOf(found, place), place);
    if (loose.length >= mostLoose) return [faultAt(place, tooMany)];
    from ??= place;
    loose.push(first);
    return [];
  };
  const finish = (): Draft[] => {
    const drafts = from === undefined ? [] : tell(draftsOf(loose, from), from);
    return told || nothing === undefined ? drafts : [nothing];
  };
  return { map, finish };
};

const isOfLinks = (value: unknown): boolean =>
  isObject(value) && (Array.isArray(value.Members) || Object.keys(value).length === 1);

/**
 * Redfish: systems and chassis, alone, in expanded collections, or with all resources of a service by path; and the inventory of
 * Ironic's inspection. Resources of one machine in one file make one record. Throws `UnreadableFile`: `json-syntax`, `no-usable-record`.
 */
export const redfish: Format = {
  name: 'redfish',
  detect: detectRedfish,
  parse: (body) => readJsonRecords(inBlocks(body), { split: [], largest }, createMapper()),
};
