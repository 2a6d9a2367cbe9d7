import { isObject } from '../glpi-json/values.ts';
import type { HostFacts, HostInterface, Json, Package } from './host-facts.ts';
import { cpuOf, entriesAt, flagAt, isTemporary, listAt, mebibytes, numberAt, textAt, valueAt } from './pick.ts';

/** What `virtual` says on the machine that runs the guests. */
const hostSide = /^(?:physical|xen0|openvzhn|vserver_host|unknown|none)$/i;

/** Facts of Puppet: structured (facter 3 and later) first, else the flat names of facter 1 and 2. Source: facter's core facts. */
export const readFacter = (facts: Json): HostFacts => {
  const technology = textAt(facts, 'virtual');
  const says = flagAt(facts, 'is_virtual');
  const hosts = technology !== undefined && hostSide.test(technology);
  const sockets = numberAt(facts, 'processors.physicalcount', 'physicalprocessorcount');
  const perSocket = numberAt(facts, 'processors.cores');
  const bytes = valueAt(facts, 'memory.system.total_bytes');
  return {
    hostname: textAt(facts, 'networking.hostname', 'hostname'),
    fqdns: [textAt(facts, 'networking.fqdn'), textAt(facts, 'fqdn')],
    domain: textAt(facts, 'networking.domain', 'domain'),
    vendor: textAt(facts, 'dmi.manufacturer', 'manufacturer'),
    product: textAt(facts, 'dmi.product.name', 'productname', 'system_profiler.model_identifier'),
    sku: undefined,
    serial: textAt(facts, 'dmi.product.serial_number', 'serialnumber', 'system_profiler.serial_number'),
    uuid: textAt(facts, 'dmi.product.uuid', 'uuid', 'system_profiler.hardware_uuid'),
    boardVendor: textAt(facts, 'dmi.board.manufacturer', 'boardmanufacturer'),
    boardSerial: textAt(facts, 'dmi.board.serial_number', 'boardserialnumber'),
    chassisSerial: textAt(facts, 'dmi.chassis.serial_number', 'chassisserialnumber'),
    chassisType: textAt(facts, 'dmi.chassis.type', 'chassistype', 'type'),
    assetTag: textAt(facts, 'dmi.chassis.asset_tag', 'chassisassettag'),
    biosVersion: textAt(facts, 'dmi.bios.version', 'bios_version'),
    guest: hosts ? false : (says ?? (technology === undefined ? undefined : true)),
    technology,
    machineId: textAt(facts, 'machine_id'),
    hostKeys: ['ed25519', 'ecdsa', 'rsa'].map((kind) => textAt(facts, `ssh.${kind}.key`, `ssh${kind}key`)),
    cloudIds: [
      textAt(facts, 'ec2_metadata.instance-id', 'ec2_instance_id'),
      textAt(facts, 'dmi.board.asset_tag', 'boardassettag'),
    ],
    os: {
      name: textAt(facts, 'os.windows.product_name', 'os.macosx.product', 'os.name', 'operatingsystem'),
      version: textAt(facts, 'os.macosx.version.full', 'os.release.full', 'operatingsystemrelease'),
      arch: textAt(facts, 'os.hardware', 'hardwaremodel', 'architecture'),
      kernel: textAt(facts, 'kernelrelease', 'kernelversion'),
      server: /server/i.test(textAt(facts, 'os.windows.edition_id', 'windows_edition_id', 'lsbdistid') ?? ''),
    },
    memoryMb:
      bytes === undefined
        ? mebibytes(valueAt(facts, 'memorysize_mb') ?? valueAt(facts, 'memorysize'), 'm')
        : mebibytes(bytes, 'b'),
    cpu: cpuOf(
      textAt(facts, 'processors.models.0', 'processor0'),
      sockets,
      sockets === undefined || perSocket === undefined ? undefined : sockets * perSocket,
    ),
    interfaces: readInterfaces(facts),
    primary: textAt(facts, 'networking.primary', 'gateway_if'),
    gateway: textAt(facts, 'gateway'),
    packages: readPackages(facts),
    moments: [valueAt(facts, '_timestamp')],
    gatheredAll: true,
  };
};

const readInterfaces = (facts: Json): readonly HostInterface[] | undefined => {
  const structured = entriesAt(facts, 'networking.interfaces').filter(([, one]) => isObject(one));
  if (structured.length > 0) return structured.map(([name, one]) => interfaceOf(name, one));
  const names = textAt(facts, 'interfaces')?.split(',');
  if (names === undefined) return unnamed(facts);
  return names.map((name) => ({
    name,
    mac: textAt(facts, `macaddress_${name}`),
    addresses: [`ipaddress_${name}`, `ipaddress6_${name}`].flatMap((key) => textAt(facts, key) ?? []),
  }));
};

const interfaceOf = (name: string, one: unknown): HostInterface => {
  const bound = ['bindings', 'bindings6'].flatMap((key) => listAt(one, key));
  const lasting = bound.filter((binding) => !isTemporary(listAt(binding, 'flags')));
  const shown =
    bound.length > 0 ? lasting.map((binding) => textAt(binding, 'address')) : [textAt(one, 'ip'), textAt(one, 'ip6')];
  return { name, mac: textAt(one, 'mac'), addresses: [...new Set(shown.filter((address) => address !== undefined))] };
};

/** Systems without a list of interfaces (AIX) tell one MAC and one address. */
const unnamed = (facts: Json): readonly HostInterface[] | undefined => {
  const mac = textAt(facts, 'networking.mac', 'macaddress');
  const address = textAt(facts, 'networking.ip', 'ipaddress');
  return mac === undefined && address === undefined
    ? undefined
    : [{ name: 'primary', mac, addresses: address ? [address] : [] }];
};

/** Puppet Enterprise collects packages as triples of name, version and provider. */
const readPackages = (facts: Json): readonly Package[] | undefined => {
  const rows = valueAt(facts, '_puppet_inventory_1.packages');
  if (!Array.isArray(rows)) return undefined;
  return rows.flatMap((row) => {
    const name = textAt(row, '0');
    return name === undefined ? [] : [{ name, version: textAt(row, '1'), arch: undefined, publisher: undefined }];
  });
};
