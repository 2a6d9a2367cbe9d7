import type { HostFacts, HostInterface, Json, Package } from '../host-facts/host-facts.ts';
import { cpuOf, mebibytes, numberAt, textAt, valueAt } from '../host-facts/pick.ts';
import type { Table } from './tables.ts';

/** What was heard of one host so far. Rows of a table that was not asked for stay undefined. */
export type Heard = {
  identifier: string;
  rows: Partial<Record<Table, Json[]>>;
  decorations: Json;
  moment: unknown;
};

/** By default osquery calls a host by its name; else by a UUID that need not be that of the hardware. */
const uuidLike = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const guests = /vmware|virtualbox|kvm|qemu|xen|hvm domu|virtual machine|amazon ec2|google compute|parallels/i;

/** `VMware7,1 \u0000`: osquery hands on what firmware pads. */
const clean = (value: string | undefined): string | undefined => {
  const found = value?.replaceAll(/\p{Cc}/gu, '').trim();
  return found === '' || found === '-1' ? undefined : found;
};
const at = (from: unknown, ...paths: string[]): string | undefined => clean(textAt(from, ...paths));

/** The host in the words of other fact tools. Partial, because a query asks for what its author chose. */
export const factsOf = ({ decorations, identifier, moment, rows }: Heard): HostFacts => {
  const system = rows.system?.at(-1);
  const os = rows.os?.at(-1);
  const platform = rows.platform?.at(-1);
  const vendor = at(system, 'hardware_vendor');
  const product = at(system, 'hardware_model');
  const isGuest = guests.test(`${vendor ?? ''} ${product ?? ''} ${at(system, 'hardware_serial') ?? ''}`);
  return {
    ...noFacts,
    calledBy: identifier,
    hostname:
      at(system, 'hostname', 'computer_name', 'local_hostname') ??
      at(decorations, 'hostname') ??
      (uuidLike.test(identifier) ? undefined : identifier),
    fqdns: [at(system, 'hostname'), at(decorations, 'hostname')],
    vendor,
    product,
    serial: at(system, 'hardware_serial') ?? at(decorations, 'hardware_serial'),
    uuid: at(system, 'uuid') ?? at(decorations, 'host_uuid'),
    boardVendor: at(system, 'board_vendor'),
    boardSerial: at(system, 'board_serial'),
    biosVersion: at(platform, 'version'),
    guest: product === undefined ? undefined : isGuest,
    technology: isGuest ? (vendor ?? product) : undefined,
    cloudIds: [at(decorations, 'ec2_instance_id', 'instance_id')],
    os: {
      name: at(os, 'name', 'platform'),
      version: at(os, 'version') ?? versionOf(os),
      arch: at(os, 'arch') ?? at(system, 'cpu_type'),
      kernel: undefined,
      server: /server/i.test(at(os, 'name') ?? ''),
    },
    memoryMb: mebibytes(valueAt(system, 'physical_memory'), 'b'),
    cpu: cpuOf(at(system, 'cpu_brand'), numberAt(system, 'cpu_sockets'), numberAt(system, 'cpu_physical_cores')),
    interfaces: interfacesOf(rows),
    packages: rows.software?.flatMap(packageOf),
    moments: [moment],
  };
};

const versionOf = (os: Json | undefined): string | undefined => {
  const parts = ['major', 'minor', 'patch'].map((key) => at(os, key)).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('.');
};

const interfacesOf = ({ addresses = [], interfaces }: Heard['rows']): HostInterface[] | undefined =>
  interfaces?.map((row) => {
    const name = at(row, 'interface', 'friendly_name') ?? '';
    const own = addresses.filter((one) => at(one, 'interface') === name);
    return {
      name,
      adapter: at(row, 'description'),
      mac: at(row, 'mac'),
      addresses: own.flatMap((one) => at(one, 'address')?.replace(/[%/].*$/, '') ?? []),
    };
  });

const packageOf = (row: Json): Package[] => {
  const name = at(row, 'name', 'bundle_name')?.replace(/\.app$/, '');
  const release = at(row, 'release');
  const version = at(row, 'version', 'bundle_short_version', 'bundle_version');
  return name === undefined
    ? []
    : [
        {
          name,
          version: version === undefined || release === undefined ? version : `${version}-${release}`,
          arch: at(row, 'arch'),
          publisher: at(row, 'publisher', 'vendor', 'maintainer'),
        },
      ];
};

export const noFacts: HostFacts = {
  ...{ hostname: undefined, fqdns: [], domain: undefined, vendor: undefined, product: undefined, sku: undefined },
  ...{ serial: undefined, uuid: undefined, boardVendor: undefined, boardSerial: undefined, chassisSerial: undefined },
  ...{ chassisType: undefined, assetTag: undefined, biosVersion: undefined, guest: undefined, technology: undefined },
  ...{ machineId: undefined, hostKeys: [], cloudIds: [], memoryMb: undefined, primary: undefined, gateway: undefined },
  os: { name: undefined, version: undefined, arch: undefined, kernel: undefined, server: false },
  cpu: { name: undefined, sockets: undefined, cores: undefined },
  ...{ interfaces: undefined, packages: undefined, moments: [], gatheredAll: false },
};
