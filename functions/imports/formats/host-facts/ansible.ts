import { isObject } from '../glpi-json/values.ts';
import { readAnsibleInterfaces } from './ansible-interfaces.ts';
import type { HostFacts, Json, Package } from './host-facts.ts';
import { cpuOf, entriesAt, listAt, mebibytes, numberAt, textAt, textsAt, valueAt } from './pick.ts';

const vendorIds = /^(?:\d+|GenuineIntel|AuthenticAMD|CentaurHauls|HygonGenuine|GenuineTMx86)$/;

/**
 * The facts without their prefix: `setup` writes `ansible_distribution`, `ansible_facts` in a play `distribution`.
 * Facts that facter or ohai lent (`facter_*`, `ohai_*`) and the environment are left behind.
 */
const withoutPrefix = (facts: Json): Json => {
  const kept = Object.entries(facts).filter(([name]) => !borrowed.test(name));
  const [prefixed, bare] = [true, false].map((is) => kept.filter(([name]) => name.startsWith('ansible_') === is));
  return Object.fromEntries([
    ...(bare ?? []),
    ...(prefixed ?? []).map(([name, value]) => [name.slice(8), value] as const),
  ]);
};

const borrowed = /^(?:facter_|ohai_|(?:ansible_)?(?:env|local|user_))/;

/** Ansible facts: what `setup` gathers, with or without prefix, and `packages` of `package_facts`. Source: ansible.builtin.setup. */
export const readAnsible = (input: Json): HostFacts => {
  const facts = withoutPrefix(input);
  const role = textAt(facts, 'virtualization_role')?.toLowerCase();
  const inside = listAt(facts, 'virtualization_tech_guest').length > 0;
  const sockets = numberAt(facts, 'processor_count');
  const cores = numberAt(facts, 'processor_cores');
  return {
    hostname: textAt(facts, 'hostname', 'netbios_name'),
    fqdns: [textAt(facts, 'fqdn'), textAt(facts, 'nodename')],
    domain: textAt(facts, 'domain', 'windows_domain'),
    vendor: textAt(facts, 'system_vendor'),
    product: textAt(facts, 'product_name', 'model'),
    sku: textAt(facts, 'product_sku'),
    serial: textAt(facts, 'product_serial'),
    uuid: textAt(facts, 'product_uuid'),
    boardVendor: textAt(facts, 'board_vendor'),
    boardSerial: textAt(facts, 'board_serial'),
    chassisSerial: textAt(facts, 'chassis_serial'),
    chassisType: textAt(facts, 'form_factor'),
    assetTag: textAt(facts, 'chassis_asset_tag'),
    biosVersion: textAt(facts, 'bios_version'),
    guest: role === 'guest' || (role !== 'host' && inside) ? true : role === 'host' ? false : undefined,
    technology: textAt(facts, 'virtualization_type'),
    machineId: textAt(facts, 'machine_id'),
    hostKeys: ['ed25519', 'ecdsa', 'rsa'].map((kind) => textAt(facts, `ssh_host_key_${kind}_public`)),
    cloudIds: [textAt(facts, 'ec2_instance_id'), textAt(facts, 'board_asset_tag')],
    os: {
      name: textAt(facts, 'distribution', 'system'),
      version: textAt(facts, 'distribution_version'),
      arch: textAt(facts, 'architecture', 'machine'),
      kernel: textAt(facts, 'kernel'),
      server: /server|domain_controller/.test(textAt(facts, 'os_product_type') ?? ''),
    },
    memoryMb: mebibytes(valueAt(facts, 'memtotal_mb') ?? valueAt(facts, 'memory_mb.real.total'), 'm'),
    cpu: cpuOf(
      textsAt(facts, 'processor').find((one) => !vendorIds.test(one)),
      sockets,
      sockets === undefined || cores === undefined ? undefined : sockets * cores,
    ),
    interfaces: readAnsibleInterfaces(facts),
    primary: textAt(facts, 'default_ipv4.interface', 'default_ipv6.interface'),
    gateway: textAt(facts, 'default_ipv4.gateway', 'interfaces.0.default_gateway'),
    packages: readPackages(facts),
    moments: [valueAt(facts, 'date_time.iso8601'), valueAt(facts, 'date_time.epoch')],
    gatheredAll: subsetIsAll(facts),
  };
};

const subsetIsAll = (facts: Json): boolean => {
  const subset = textsAt(facts, 'gather_subset');
  return subset.length === 0 || (subset.includes('all') && !subset.some((one) => one.startsWith('!')));
};

/** `package_facts`: by name a list of what is installed, since several versions may be. */
const readPackages = (facts: Json): readonly Package[] | undefined => {
  if (!isObject(valueAt(facts, 'packages'))) return undefined;
  return entriesAt(facts, 'packages').flatMap(([name, installed]) =>
    (Array.isArray(installed) ? installed : [installed]).filter(isObject).map((one) => ({
      name: textAt(one, 'name') ?? name,
      version:
        [textAt(one, 'version'), textAt(one, 'release')].filter((part) => part !== undefined).join('-') || undefined,
      arch: textAt(one, 'arch'),
      publisher: textAt(one, 'vendor'),
    })),
  );
};
