import { canonicalMac } from '../../../../domain/identity/mac.ts';
import { listAt, numberAt, textAt } from '../host-facts/pick.ts';
import type { Box } from './box.ts';
import type { Json, Resource } from './resources.ts';

/** A network interface of the machine; undefined for those that are made up by its system. */
export const readInterface = ({ body, id }: Resource): Box['interfaces'][number] | undefined => {
  if (/^virtual$/i.test(textAt(body, 'EthernetInterfaceType') ?? '')) return undefined;
  const mac = [textAt(body, 'PermanentMACAddress', 'FactoryMacAddress'), textAt(body, 'MACAddress', 'MacAddress')]
    .map((text) => canonicalMac(text ?? ''))
    .find((found) => found !== undefined);
  return {
    name: textAt(body, 'Id') ?? id.slice(id.lastIndexOf('/') + 1),
    adapter: textAt(body, 'Description'),
    mac,
    speedMbps: numberAt(body, 'SpeedMbps'),
    addresses: ['IPv4Addresses', 'IPv6Addresses', 'IPv6StaticAddresses'].flatMap((list) =>
      listAt(body, list).flatMap((one) => textAt(one, 'Address') ?? []),
    ),
    fqdn: textAt(body, 'FQDN'),
  };
};

const row = (values: Record<string, unknown>): Record<string, unknown> | undefined => {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
};

const isAbsent = (body: Json): boolean => /^absent$/i.test(textAt(body, 'Status.State') ?? '');

const readers = {
  Memory: [
    'memories',
    (body: Json) => ({
      name: textAt(body, 'DeviceLocator', 'Id'),
      capacityMb: numberAt(body, 'CapacityMiB', 'SizeMB'),
      type: textAt(body, 'MemoryDeviceType', 'DIMMType'),
      manufacturer: textAt(body, 'Manufacturer'),
      partNumber: textAt(body, 'PartNumber'),
      serial: textAt(body, 'SerialNumber'),
    }),
  ],
  Drive: [
    'storages',
    (body: Json) => ({
      name: textAt(body, 'Name', 'Id'),
      capacityBytes: numberAt(body, 'CapacityBytes'),
      type: textAt(body, 'MediaType'),
      manufacturer: textAt(body, 'Manufacturer'),
      model: textAt(body, 'Model'),
      serial: textAt(body, 'SerialNumber'),
      firmware: textAt(body, 'Revision', 'FirmwareVersion'),
    }),
  ],
  Processor: [
    'cpus',
    (body: Json) => ({
      name: textAt(body, 'Model'),
      socket: textAt(body, 'Socket', 'Id'),
      manufacturer: textAt(body, 'Manufacturer'),
      cores: numberAt(body, 'TotalCores'),
      threads: numberAt(body, 'TotalThreads'),
    }),
  ],
} as const satisfies Record<string, readonly [string, (body: Json) => Record<string, unknown>]>;

const isPart = (kind: string): kind is keyof typeof readers => Object.hasOwn(readers, kind);

/** Memory, drives and processors as rows by section, in order of their paths; empty slots are left out. */
export const readParts = (resources: readonly Resource[]): Record<string, Record<string, unknown>[]> => {
  const found: Record<string, Record<string, unknown>[]> = {};
  for (const { kind, body } of [...resources].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!isPart(kind) || isAbsent(body)) continue;
    const [section, read] = readers[kind];
    const one = row(read(body));
    if (one === undefined) continue;
    found[section] ??= [];
    found[section].push(one);
  }
  return found;
};
