import type { DiscoveryRecord, ParsedRecord } from '../../../../domain/discovery/record.ts';
import { classify, type Kind } from './classify.ts';
import { detailsOf } from './details.ts';
import { GlpiDocument } from './document.ts';
import { recordName } from './facts.ts';
import { hostNameOf, identifiersOf } from './identifiers.ts';
import { mapDatabases } from './map-databases.ts';
import { mapNeighbours } from './map-neighbours.ts';
import { mapNetworkDevice } from './map-network-device.ts';
import { mapPeripherals } from './map-peripherals.ts';
import { mapVirtualMachines } from './map-virtual-machines.ts';
import { nativeKeyOf } from './native-key.ts';
import { sectionsOf } from './sections.ts';
import { isObject } from './values.ts';

/**
 * One GLPI inventory (a parsed document, keys in lower case) as canonical records: the main device first, then what stands in a relation
 * to it. `firstIndex` is the record index of the main device, for containers that hold several documents.
 * Never throws for odd content; a device that nothing names becomes one fault.
 */
export const mapGlpi = (input: unknown, firstIndex = 0): ParsedRecord[] => {
  const raw = isObject(input) ? input : {};
  const document = GlpiDocument.parse({ ...raw, content: isObject(raw.content) ? raw.content : {} });
  const main = mainRecord(document, classify(document), raw.content, firstIndex);
  if (main === undefined) return [{ fault: { recordIndex: firstIndex, errors: [namesNothing] } }];
  const { relations, warnings } = mapNeighbours(document.content, main);
  const connected = {
    ...main,
    ...(relations.length === 0 ? {} : { relations }),
    warnings: [...main.warnings, ...warnings],
  };
  const all = [connected, ...relatedRecords(document, main)];
  const distinct = new Map([...all].reverse().map((record) => [record.nativeKey, record]));
  return all
    .filter((record) => distinct.get(record.nativeKey) === record)
    .map((record, index) => ({ record: { ...record, recordIndex: firstIndex + index } }));
};

const namesNothing = {
  pointer: '/content',
  reason:
    'Nothing names this device: the file has no serial, UUID, MAC, host name or deviceid. Run the agent with the rights to read them.',
};

/** A partial file, or a discovery that only knocked at the door, replaces only the sections it carries. */
const isPartial = ({ action, partial }: GlpiDocument): boolean => partial === true || action === 'netdiscovery';

/** Agents write local time without a zone; it is read as UTC, so that order within one device is kept. */
const observedAt = (logdate: string | undefined): string | undefined => {
  const parts = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(logdate ?? '');
  const moment = new Date(parts === null ? Number.NaN : `${parts[1]}T${parts[2]}.000Z`);
  const iso = Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
  return iso?.startsWith(parts?.[1] ?? '-') ? iso : undefined;
};

const mainRecord = (
  document: GlpiDocument,
  kind: Kind,
  raw: unknown,
  recordIndex: number,
): DiscoveryRecord | undefined => {
  const identifiers = identifiersOf(document, kind);
  const nativeKey = nativeKeyOf(document, kind, identifiers);
  if (nativeKey === undefined) return undefined;
  const { content } = document;
  const observed = observedAt(content.accesslog?.logdate);
  return {
    recordIndex,
    nativeKey,
    half: 'discovery',
    action: 'upsert',
    partial: isPartial(document),
    nature: kind.nature,
    ciClass: kind.ciClass,
    ...(kind.container ? { container: true } : {}),
    ...(kind.assetKind === undefined ? {} : { assetKind: kind.assetKind }),
    ...(observed === undefined ? {} : { observedAt: observed }),
    name: recordName(hostNameOf(document) ?? content.network_device?.model ?? content.bios?.smodel),
    identifiers: identifiers.slice(0, 400),
    sections: sectionsOf(document, kind),
    details: detailsOf(raw),
    warnings: /^(?:deviceid|name):/.test(nativeKey) ? [weaklyNamed] : [],
  };
};

const weaklyNamed = {
  code: 'weak-identity',
  detail:
    'The file shows no usable serial, UUID or permanent MAC; the device is known by the id of its agent or its name only.',
};

const relatedRecords = (document: GlpiDocument, main: DiscoveryRecord): DiscoveryRecord[] => [
  ...(main.nature === 'physical' ? mapPeripherals(document.content, main) : []),
  ...(main.nature === 'physical' ? mapNetworkDevice(document, main) : []),
  ...mapVirtualMachines(document.content, main),
  ...mapDatabases(document.content, main),
];
