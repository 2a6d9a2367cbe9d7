import { canonicalMac } from '../../../../domain/identity/mac.ts';
import { isObject } from '../glpi-json/values.ts';
import { cpuOf, listAt, numberAt, textAt, valueAt } from '../host-facts/pick.ts';
import type { Box } from './box.ts';

const made = /^(?:lo|bond|br-|virbr|docker|veth|tap|vlan)|[.:@]\d+$/i;

const interfacesOf = (inventory: unknown): Box['interfaces'] =>
  listAt(inventory, 'interfaces').flatMap((one) => {
    const name = textAt(one, 'name') ?? '';
    if (name === '' || made.test(name)) return [];
    return [
      {
        name,
        driver: textAt(one, 'driver'),
        mac: canonicalMac(textAt(one, 'mac_address') ?? ''),
        addresses: [textAt(one, 'ipv4_address'), textAt(one, 'ipv6_address')].filter(
          (address) => address !== undefined,
        ),
        fqdn: undefined,
      },
    ];
  });

const disksOf = (inventory: unknown): Record<string, unknown>[] =>
  listAt(inventory, 'disks').map((one) => ({
    name: textAt(one, 'name'),
    capacityBytes: numberAt(one, 'size'),
    model: textAt(one, 'model'),
    serial: textAt(one, 'serial'),
    wwn: textAt(one, 'wwn'),
  }));

/** What Ironic's agent found on a machine (`inventory` of the introspection data); undefined when the value is none. */
export const readIronic = (value: unknown): Box | undefined => {
  const inventory = isObject(value) && isObject(value.inventory) ? value.inventory : value;
  if (!isObject(inventory) || !Array.isArray(inventory.interfaces) || !isObject(inventory.system_vendor))
    return undefined;
  const address = textAt(inventory, 'bmc_address');
  const disks = disksOf(inventory);
  return {
    manufacturer: textAt(inventory, 'system_vendor.manufacturer'),
    model: textAt(inventory, 'system_vendor.product_name'),
    serial: textAt(inventory, 'system_vendor.serial_number'),
    ...{ boardSerial: undefined, assetTag: undefined, sku: undefined, partNumber: undefined, chassis: undefined },
    name: textAt(inventory, 'hostname'),
    hostname: textAt(inventory, 'hostname'),
    uuid: textAt(inventory, 'system_vendor.uuid'),
    biosVersion: textAt(inventory, 'system_vendor.firmware.version'),
    isVirtual: /^(?:qemu|red hat|kvm|bochs|virtualbox|vmware)/i.test(
      textAt(inventory, 'system_vendor.manufacturer') ?? '',
    ),
    memoryMb: numberAt(inventory, 'memory.physical_mb'),
    cpu: cpuOf(
      textAt(inventory, 'cpu.model_name'),
      numberAt(inventory, 'cpu.socket_count'),
      numberAt(inventory, 'cpu.count'),
    ),
    interfaces: interfacesOf(inventory),
    bmc:
      address === undefined || address === '0.0.0.0' ? undefined : { model: undefined, firmware: undefined, address },
    details: valueAt(inventory, 'disks') === undefined ? {} : { storages: disks },
    isWhole: true,
    inside: undefined,
  };
};
