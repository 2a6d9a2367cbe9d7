import type { ParsedRecord } from '../../../../domain/discovery/record.ts';
import type { Format, UploadContext } from '../format.ts';
import { isObject, objectsOf } from '../glpi-json/values.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, numberDrafts, readJsonRecords } from '../json-records.ts';
import { peek } from '../peek.ts';
import { createCollector } from './collect.ts';
import { cycloneDx } from './cyclonedx.ts';
import { detectSbom, isTagValue } from './detect.ts';
import { finishBill } from './finish-bill.ts';
import { subjectOfKey } from './key-subject.ts';
import { spdx } from './spdx.ts';
import { readElement } from './spdx3.ts';
import { syft } from './syft.ts';
import { readTagValues } from './tag-value.ts';

const standards = { components: cycloneDx, packages: spdx, artifacts: syft };
/** Lists that are read element by element; some of them only to be passed over. */
const split = [
  ...['components', 'packages', 'artifacts', 'services', 'relationships', '@graph'],
  ...['files', 'artifactRelationships', 'dependencies', 'vulnerabilities', 'snippets', 'hasExtractedLicensingInfos'],
];

const noBill = 'No bill of materials begins here: it is neither CycloneDX, SPDX nor JSON of Syft.';

const createMapper = ({ objectKey }: UploadContext): JsonMapper => {
  const named = subjectOfKey(objectKey);
  let collector = createCollector(standards);
  let graph: Record<string, unknown> = {};
  const finish = (value: unknown, place: Place): Draft[] => {
    const [collected, ofGraph] = [collector, graph];
    collector = createCollector(standards);
    graph = {};
    const whole = isObject(value) && isObject(value.sbom) ? value.sbom : value;
    const head = isObject(whole) && '@graph' in whole ? { ...whole, ...ofGraph } : whole;
    const standard = isObject(head) ? Object.values(standards).find(({ isHead }) => isHead(head)) : undefined;
    if (standard === undefined || !isObject(head)) return [faultAt(place, noBill)];
    return [finishBill(standard, head, collected, named, place)];
  };
  const add = (key: string, value: unknown): void => {
    const told = key === '@graph' && isObject(value) ? readElement(value, graph) : { list: key, element: value };
    if (told !== undefined) collector.add(told.list, told.element);
  };
  const map = (value: unknown, key: string | undefined, place: Place): Draft[] => {
    if (key === undefined) return finish(value, place);
    if (key !== '') {
      add(key, value);
      return [];
    }
    // A list of whole bills.
    if (isObject(value)) for (const list of split) for (const one of objectsOf(value[list])) add(list, one);
    return finish(value, place);
  };
  return { map };
};

const readText = async function* (body: AsyncIterable<Uint8Array>, { objectKey }: UploadContext): AsyncIterable<Draft> {
  const collector = createCollector(standards);
  const place = { line: 1, column: 1 };
  for await (const found of readTagValues(body)) {
    if ('list' in found) collector.add(found.list, found.element);
    else yield finishBill(spdx, found.head, collector, subjectOfKey(objectKey), place);
  }
};

/**
 * Bills of materials: CycloneDX, SPDX 2.2 to 3.0 and Syft's own as JSON, SPDX 2 as tags and values. The software of the host, image or application that the
 * object's path names, else of what the bill itself names. Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const sbom: Format = {
  name: 'sbom',
  detect: detectSbom,
  parse: (body, context) => parseSbom(body, context),
};

async function* parseSbom(body: AsyncIterable<Uint8Array>, context: UploadContext): AsyncGenerator<ParsedRecord> {
  const { all, start } = await peek(body, 1024);
  yield* isTagValue(start.toString('utf8'))
    ? numberDrafts(readText(all, context), 'json-syntax')
    : readJsonRecords(all, { split }, createMapper(context));
}
