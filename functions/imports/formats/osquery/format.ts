import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import type { HostFacts, Json } from '../host-facts/host-facts.ts';
import { mapHost } from '../host-facts/map.ts';
import { textAt } from '../host-facts/pick.ts';
import { inAnswers } from '../json-answers.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { type Collected, createCollector } from './collect.ts';
import { detectOsquery } from './detect.ts';
import { readFleetHost } from './fleet-host.ts';
import { factsOf } from './host.ts';

/** Answers of Fleet. */
const split = ['hosts'];
const noHost = 'Nothing names this host: it has no hostIdentifier, and no serial, UUID, MAC or host name.';
const noRow = 'No line of a result log, no row of system_info and no host of Fleet stands here.';

const createMapper = (): JsonMapper => {
  const collector = createCollector();
  const draftOf = (facts: HostFacts, place: Place, changesOnly = false): Draft => {
    const record = mapHost(facts, undefined);
    if (record === undefined) return faultAt(place, noHost);
    const warnings = changesOnly ? [...record.warnings, onlyChanges] : record.warnings;
    return { record: { ...record, warnings, line: place.line } };
  };
  const draftsOf = (collected: readonly Collected[]): Draft[] =>
    collected.map(({ changesOnly, heard, place }) => {
      const draft = draftOf(factsOf(heard), place, changesOnly);
      return heard.rows.system === undefined ? ofUnknownNature(draft) : draft;
    });
  const readRow = (value: Json, place: Place): Draft[] => {
    const inner = [value.spec, value.host].find(isObject) ?? value;
    if (textAt(inner, 'osquery_version') !== undefined || 'primary_mac' in inner)
      return [draftOf(readFleetHost(inner), place)];
    if ('hardware_serial' in value || 'cpu_brand' in value) {
      const identifier = textAt(value, 'uuid', 'hostname', 'hardware_serial') ?? '';
      return [draftOf(factsOf({ identifier, decorations: {}, moment: undefined, rows: { system: [value] } }), place)];
    }
    return [faultAt(place, noRow)];
  };
  const map: JsonMapper['map'] = (value, key, place) => {
    if (!isObject(value)) return [faultAt(place, noRow)];
    if (key === undefined && split.some((name) => Array.isArray(value[name]))) return [];
    if (isObject(value.data) && textAt(value, 'hostIdentifier') === undefined) return map(value.data, key, place);
    const found = collector.add(value, place);
    return found === undefined ? readRow(value, place) : draftsOf(found);
  };
  return { map, finish: () => draftsOf(collector.rest()) };
};

/** Without `system_info` nothing tells a laptop from a guest: the record adds to what is known, and makes nothing. */
const ofUnknownNature = (draft: Draft): Draft => {
  if (!('record' in draft)) return draft;
  const { assetKind: _asset, ciClass: _class, ...record } = draft.record;
  return { record: { ...record, nature: 'unknown' } };
};

const onlyChanges = {
  code: 'changes-only',
  detail: 'Lists of which only changes are logged (software, interfaces) were left out: log them as snapshots.',
};

/**
 * osquery: result logs (snapshots, differential and batched lines, as osqueryd and fleet managers write them), rows of `system_info` as
 * `osqueryi --json` prints them, and hosts as Fleet lists them. A host is a partial record: a query tells what its author chose.
 * Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const osquery: Format = {
  name: 'osquery',
  detect: detectOsquery,
  parse: (body) => readJsonRecords(body, { split }, inAnswers(split, createMapper())),
};
