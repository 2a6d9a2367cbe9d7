import { isObject } from '../glpi-json/values.ts';
import type { HostFacts, HostInterface, Json, Package } from './host-facts.ts';
import { cpuOf, entriesAt, isTemporary, listAt, mebibytes, numberAt, textAt, valueAt } from './pick.ts';

/** One field of a DMI structure, which old versions only have under its printed name in the list of records. */
const dmiAt = (facts: Json, structure: string, field: string): string | undefined => {
  const printed = field.replaceAll('_', ' ').toLowerCase();
  const record = valueAt(facts, `dmi.${structure}.all_records.0`);
  const [, value] =
    Object.entries(isObject(record) ? record : {}).find(([name]) => name.toLowerCase() === printed) ?? [];
  return textAt(facts, `dmi.${structure}.${field}`) ?? textAt({ value }, 'value');
};

/** The automatic attributes of a Chef node. Source: the plugins of ohai. */
export const readOhai = (facts: Json): HostFacts => {
  const role = textAt(facts, 'virtualization.role')?.toLowerCase();
  const windows = textAt(facts, 'platform_family', 'platform') === 'windows';
  return {
    hostname: textAt(facts, 'hostname', 'machinename'),
    fqdns: [textAt(facts, 'fqdn'), textAt(facts, 'cloud.local_hostname')],
    domain: textAt(facts, 'domain'),
    vendor: dmiAt(facts, 'system', 'manufacturer') ?? textAt(facts, 'kernel.cs_info.manufacturer'),
    product: dmiAt(facts, 'system', 'product_name') ?? textAt(facts, 'hardware.machine_model', 'kernel.cs_info.model'),
    sku: dmiAt(facts, 'system', 'sku_number'),
    serial: dmiAt(facts, 'system', 'serial_number') ?? textAt(facts, 'hardware.serial_number'),
    uuid: dmiAt(facts, 'system', 'uuid') ?? textAt(facts, 'hardware.platform_UUID'),
    boardVendor: dmiAt(facts, 'base_board', 'manufacturer'),
    boardSerial: dmiAt(facts, 'base_board', 'serial_number'),
    chassisSerial: dmiAt(facts, 'chassis', 'serial_number'),
    chassisType: dmiAt(facts, 'chassis', 'type'),
    assetTag: dmiAt(facts, 'chassis', 'asset_tag'),
    biosVersion: dmiAt(facts, 'bios', 'version'),
    guest: role === 'guest' ? true : role === 'host' ? false : undefined,
    technology: textAt(facts, 'virtualization.system'),
    machineId: textAt(facts, 'machine_id'),
    hostKeys: ['ed25519', 'ecdsa', 'rsa'].map((kind) => textAt(facts, `keys.ssh.host_${kind}_public`)),
    cloudIds: [textAt(facts, 'ec2.instance_id'), dmiAt(facts, 'base_board', 'asset_tag')],
    os: {
      name: windows ? textAt(facts, 'kernel.name') : systemOf(textAt(facts, 'platform', 'os')),
      version: textAt(facts, 'platform_version'),
      arch: textAt(facts, 'kernel.machine'),
      kernel: textAt(facts, 'kernel.release', 'os_version'),
      server: ['2', '3'].includes(textAt(facts, 'kernel.os_info.product_type') ?? ''),
    },
    memoryMb: mebibytes(valueAt(facts, 'memory.total'), 'b'),
    cpu: cpuOf(
      textAt(facts, 'cpu.0.model_name', 'cpu.model_name'),
      numberAt(facts, 'cpu.real'),
      numberAt(facts, 'cpu.cores'),
    ),
    interfaces: readInterfaces(facts),
    primary: textAt(facts, 'network.default_interface'),
    gateway: textAt(facts, 'network.default_gateway'),
    packages: readPackages(facts),
    moments: [valueAt(facts, 'ohai_time')],
    gatheredAll: true,
  };
};

/** Platforms by the names that the other tools give them. */
const systems = new Map(
  [
    ...['AlmaLinux', 'Amazon', 'CentOS', 'Debian', 'Fedora', 'FreeBSD', 'RedHat', 'Rocky', 'Ubuntu'],
    ...['AIX', 'OpenBSD', 'NetBSD', 'Gentoo', 'Solaris'],
  ].map((name) => [name.toLowerCase(), name] as const),
)
  .set('oracle', 'OracleLinux')
  .set('suse', 'SLES')
  .set('mac_os_x', 'macOS')
  .set('arch', 'Archlinux');

const systemOf = (platform: string | undefined): string | undefined =>
  platform === undefined ? undefined : (systems.get(platform) ?? platform);

const readInterfaces = (facts: Json): readonly HostInterface[] | undefined => {
  if (!isObject(valueAt(facts, 'network.interfaces'))) return undefined;
  return entriesAt(facts, 'network.interfaces').map(([name, one]) => {
    const addresses = entriesAt(one, 'addresses')
      .filter(([, more]) => !isTemporary(listAt(more, 'tags')))
      .map(([address, more]) => [address, textAt(more, 'family')] as const);
    return {
      name: textAt(one, 'instance.net_connection_id') ?? name,
      adapter: textAt(one, 'configuration.description'),
      type: textAt(one, 'encapsulation')?.toLowerCase(),
      mac: addresses.find(([, family]) => family === 'lladdr')?.[0],
      addresses: addresses.filter(([, family]) => family?.startsWith('inet')).map(([address]) => address),
    };
  });
};

const readPackages = (facts: Json): readonly Package[] | undefined => {
  if (!isObject(valueAt(facts, 'packages'))) return undefined;
  return entriesAt(facts, 'packages')
    .filter(([, one]) => isObject(one))
    .map(([name, one]) => ({
      name,
      version:
        [textAt(one, 'version'), textAt(one, 'release')].filter((part) => part !== undefined).join('-') || undefined,
      arch: textAt(one, 'arch'),
      publisher: textAt(one, 'publisher', 'vendor'),
    }));
};
