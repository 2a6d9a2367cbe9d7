import type { Format, UploadContext } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { createCollector, mostRows } from './collect.ts';
import { cycloneDx } from './cyclonedx.ts';
import { detectSbom } from './detect.ts';
import { subjectOfKey } from './key-subject.ts';
import { mapBill } from './map-bill.ts';
import { spdx } from './spdx.ts';
import { syft } from './syft.ts';

/** Lists that are read element by element; some of them only to be passed over. */
const split = [
  ...['components', 'packages', 'artifacts', 'services', 'relationships'],
  ...['files', 'artifactRelationships', 'dependencies', 'vulnerabilities', 'snippets', 'hasExtractedLicensingInfos'],
];

const noBill = 'No bill of materials begins here: it is neither CycloneDX, SPDX 2 nor JSON of Syft.';
const noSubject = (told: string | undefined): string =>
  `The bill does not tell what it is about${told === undefined ? '' : ` (it names "${told.slice(0, 100)}")`}: ` +
  'upload it under a path with host=<name>, image=<repository> or app=<name>.';

const createMapper = ({ objectKey }: UploadContext): JsonMapper => {
  const named = subjectOfKey(objectKey);
  let collector = createCollector();
  const finish = (value: unknown, place: Place): Draft[] => {
    const collected = collector;
    collector = createCollector();
    const head = isObject(value) && isObject(value.sbom) ? value.sbom : value;
    const standard = isObject(head) ? [cycloneDx, spdx, syft].find(({ isHead }) => isHead(head)) : undefined;
    if (standard === undefined || !isObject(head)) return [faultAt(place, noBill)];
    const told = standard.readHead(head, collected.described());
    const { left, os, rows, services, subject: described } = collected.finish(told);
    const subject = named ?? described ?? told.subject;
    if (subject.kind === 'none') return [faultAt(place, noSubject(subject.told))];
    const detail = `Only the first ${mostRows} components were taken; ${left} more were left out.`;
    const warnings = left === 0 ? [] : [{ code: 'software-cut', detail }];
    return [{ record: { ...mapBill({ ...told, os }, subject, rows, services, warnings), line: place.line } }];
  };
  const map = (value: unknown, key: string | undefined, place: Place): Draft[] => {
    if (key === undefined) return finish(value, place);
    if (key !== '') collector.add(key, value);
    return key === '' ? finish(value, place) : [];
  };
  return { map };
};

/**
 * Bills of materials as JSON: CycloneDX, SPDX 2.2 and 2.3, and Syft's own. The software of the host, image or application that the
 * object's path names, else of what the bill itself names. Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const sbom: Format = {
  name: 'sbom',
  detect: detectSbom,
  parse: (body, context) => readJsonRecords(body, { split }, createMapper(context)),
};
