import { isObject } from '../glpi-json/values.ts';
import type { HostFacts, HostInterface, Json } from './host-facts.ts';
import { cpuOf, entriesAt, mebibytes, numberAt, textAt, textsAt, valueAt } from './pick.ts';

/** What the grains `virtual` and `virtual_subtype` say on a machine that is nobody's guest. */
const hostSide = /^(?:physical|xen dom0|unknown)$/i;

/** Grains of a Salt minion. `virtual_subtype` names the container where `virtual` only sees the machine below. Source: salt.grains.core. */
export const readGrains = (facts: Json): HostFacts => {
  const seen = [textAt(facts, 'virtual_subtype'), textAt(facts, 'virtual')].filter((one) => one !== undefined);
  const technology = seen.find((one) => !hostSide.test(one));
  const dom0 = seen.some((one) => /dom0/i.test(one));
  return {
    calledBy: textAt(facts, 'id'),
    hostname: textAt(facts, 'host', 'nodename'),
    fqdns: [textAt(facts, 'fqdn'), textAt(facts, 'nodename'), textAt(facts, 'localhost')],
    domain: textAt(facts, 'domain', 'windowsdomain'),
    vendor: textAt(facts, 'manufacturer'),
    product: textAt(facts, 'productname'),
    sku: undefined,
    serial: textAt(facts, 'serialnumber'),
    uuid: textAt(facts, 'uuid'),
    boardVendor: undefined,
    boardSerial: undefined,
    chassisSerial: undefined,
    chassisType: undefined,
    assetTag: undefined,
    biosVersion: textAt(facts, 'biosversion'),
    guest: dom0 ? false : technology === undefined ? (seen.length === 0 ? undefined : false) : true,
    technology,
    machineId: textAt(facts, 'machine_id'),
    hostKeys: [],
    cloudIds: [textAt(facts, 'meta-data.instance-id', 'ec2.instance_id', 'ec2_info.instance_id')],
    os: {
      name: textAt(facts, 'os') === 'Windows' ? textAt(facts, 'osfullname', 'os') : textAt(facts, 'os', 'osfullname'),
      version: textAt(facts, 'osrelease', 'osversion'),
      arch: textAt(facts, 'cpuarch', 'osarch'),
      kernel: textAt(facts, 'kernelrelease'),
      server: false,
    },
    memoryMb: mebibytes(valueAt(facts, 'mem_total'), 'm'),
    cpu: cpuOf(textAt(facts, 'cpu_model'), numberAt(facts, 'num_sockets')),
    interfaces: readInterfaces(facts),
    primary: undefined,
    gateway: textAt(facts, 'ip4_gw'),
    packages: undefined,
    moments: [valueAt(facts, '_timestamp')],
    gatheredAll: true,
  };
};

const readInterfaces = (facts: Json): readonly HostInterface[] | undefined => {
  const keys = ['hwaddr_interfaces', 'ip_interfaces', 'ip4_interfaces', 'ip6_interfaces'];
  if (!keys.some((key) => isObject(valueAt(facts, key)))) return undefined;
  const names = new Set(keys.flatMap((key) => entriesAt(facts, key).map(([name]) => name)));
  const of = (key: string, name: string): unknown => new Map(entriesAt(facts, key)).get(name);
  return [...names].map((name) => ({
    name,
    mac: textAt({ mac: of('hwaddr_interfaces', name) }, 'mac'),
    addresses: [...new Set(keys.slice(1).flatMap((key) => textsAt({ all: of(key, name) }, 'all')))],
  }));
};
