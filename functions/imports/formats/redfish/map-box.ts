import type { DiscoveryRecord, RawIdentifier } from '../../../../domain/discovery/record.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';
import { facts, recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { identifier, isUsable } from '../glpi-json/identifiers.ts';
import { ownAddresses } from '../glpi-json/interfaces.ts';
import { keyPart, serialKey } from '../glpi-json/native-key.ts';
import type { Box } from './box.ts';
import { chassisFacts } from './enclosure.ts';

const usable = (type: RawIdentifier['type'], value: string | undefined): string | undefined =>
  value !== undefined && isUsable({ type, value }) ? value : undefined;

const macsOf = ({ interfaces }: Box): string[] => [...new Set(interfaces.flatMap(({ mac }) => mac ?? []))].sort();

const addressesOf = ({ interfaces }: Box): string[] => ownAddresses(interfaces.flatMap(({ addresses }) => addresses));

const fqdnsOf = (box: Box): string[] =>
  [...new Set([...box.interfaces.map(({ fqdn }) => fqdn), box.hostname].map((name) => name?.toLowerCase()))].filter(
    (name) => name !== undefined && usable('fqdn', name) !== undefined,
  ) as string[];

/** All identifiers of a machine; its controller's address is none of them. The tag of its case stands for it where it has none. */
const identifiersOf = (box: Box): RawIdentifier[] => {
  const { boardSerial, chassis, hostname, isVirtual, manufacturer, serial, uuid } = box;
  const caseSerial = chassis?.serial === serial ? undefined : chassis?.serial;
  return [
    ...identifier('serial', serial, manufacturer),
    ...identifier('uuid', uuid),
    ...identifier('assetTag', isVirtual ? undefined : tagOf(box)),
    ...identifier('boardSerial', boardSerial, manufacturer),
    ...identifier('chassisSerial', caseSerial, chassis?.manufacturer ?? manufacturer),
    ...macsOf(box)
      .slice(0, 64)
      .flatMap((mac) => identifier('mac', mac)),
    ...addressesOf(box)
      .slice(0, 64)
      .flatMap((ip) => identifier('ip', ip)),
    ...fqdnsOf(box)
      .slice(0, 4)
      .flatMap((name) => identifier('fqdn', name)),
    ...identifier('hostname', hostname?.split('.')[0]),
  ];
};

const tagOf = ({ assetTag, chassis }: Box): string | undefined =>
  usable('assetTag', assetTag) ?? usable('assetTag', chassis?.assetTag);

/** Serial, else UUID, else an address that is burnt in: paths are the same on every machine of a make. */
const keyOf = (box: Box, identifiers: readonly RawIdentifier[]): string | undefined => {
  const nature = box.isVirtual ? 'virtual' : 'physical';
  const bySerial = box.serial === undefined ? undefined : serialKey(box.serial, box.manufacturer);
  if (bySerial !== undefined) return bySerial;
  for (const type of ['uuid', 'assetTag', 'mac'] as const) {
    const judged = identifiers
      .filter((raw) => raw.type === type)
      .map((raw) => normaliseIdentifier(raw, { feed: '', nature, container: false }))
      .find((one) => one !== undefined && one.strength !== 'rejected');
    if (judged !== undefined) return `${type}:${keyPart(judged.value)}`;
  }
  return undefined;
};

const interfaceRows = ({ interfaces }: Box): Record<string, unknown>[] =>
  interfaces
    .map(({ adapter, addresses, mac, name, speedMbps }) => ({
      description: name,
      ...(adapter === undefined ? {} : { adapter }),
      ...(mac === undefined ? {} : { mac }),
      ...(speedMbps === undefined ? {} : { speedMbps }),
      ...(addresses.length === 0 ? {} : { addresses: [...addresses].sort() }),
    }))
    .sort((a, b) => (a.description < b.description ? -1 : 1));

/**
 * A case alone tells of the case, an interface alone only names its machine: the rest of the machine's sections is for what describes it
 * as a whole, or uploads of the parts would take turns.
 */
const sectionsOf = (box: Box): DiscoveryRecord['sections'] => {
  if (!box.isWhole) return box.chassis === undefined ? {} : { chassis: chassisFacts(box.chassis) };
  const { biosVersion, bmc, chassis, cpu, isVirtual, manufacturer, memoryMb, model, partNumber, serial, sku } = box;
  const addresses = addressesOf(box);
  return sectionsFrom({
    bios: facts({
      ...{ manufacturer, model, biosVersion, partNumber, sku },
      serial: usable('serial', serial),
      assetTag: isVirtual ? undefined : tagOf(box),
    }),
    hardware: facts({ memoryMb }),
    cpu: facts(cpu ?? {}),
    chassis: chassis === undefined ? {} : chassisFacts(chassis),
    network: facts({
      primaryMac: macsOf(box)[0],
      ipAddresses: addresses.length === 0 ? undefined : addresses.slice(0, 8),
    }),
    bmc: facts(bmc ?? {}),
  });
};

/** One machine as a record; undefined when nothing names it. What changes by itself (power, health, lights) is left out. */
export const mapBox = (box: Box): Omit<DiscoveryRecord, 'recordIndex'> | undefined => {
  const identifiers = identifiersOf(box);
  const nativeKey = keyOf(box, identifiers);
  if (nativeKey === undefined) return undefined;
  const { details, inside, interfaces, isVirtual, isWhole } = box;
  return {
    nativeKey,
    half: 'discovery',
    action: 'upsert',
    partial: !isWhole,
    nature: isVirtual ? 'virtual' : 'physical',
    ciClass: isVirtual ? 'virtual-machine' : 'server',
    ...(isVirtual ? {} : { assetKind: 'hardware' as const }),
    name: recordName(usable('hostname', box.hostname) ?? box.name ?? box.model ?? box.serial),
    identifiers,
    sections: sectionsOf(box),
    details: {
      ...(interfaces.length === 0 || !isWhole ? {} : { interfaces: interfaceRows(box) }),
      ...Object.fromEntries(Object.entries(details).map(([section, rows]) => [section, [...rows]])),
    },
    ...(inside === undefined ? {} : { relations: [{ type: 'depends on', direction: 'out', record: inside.key }] }),
    warnings: [],
  };
};
