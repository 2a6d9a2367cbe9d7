import { castRow } from './cast-row.ts';
import { convertLists, wrappedTexts } from './convert-lists.ts';
import { convertOcsDevice } from './convert-ocs-device.ts';
import { convertPort } from './convert-port.ts';
import { lookUp, merged, nodesOf, type Row, renamed, textOf, without } from './rows.ts';
import type { XmlNode } from './xml-tree.ts';

/** Item types by INFO/TYPE, which the first probers wrote as a number. Whatever else a device calls itself is left to the mapper. */
const itemTypes: Record<string, string> = {
  1: 'Computer',
  2: 'NetworkEquipment',
  3: 'Printer',
  computer: 'Computer',
  phone: 'Phone',
  printer: 'Printer',
  networking: 'NetworkEquipment',
  storage: 'NetworkEquipment',
  power: 'NetworkEquipment',
  video: 'NetworkEquipment',
  kvm: 'NetworkEquipment',
};

/** What a discovery writes beside the nameplate and no device has: which job, which entity, whose session. */
const ofTheJob = ['authsnmp', 'entity', 'error', 'id', 'usersession', 'netportvendor', 'workgroup', 'comments', 'ips'];

/** What of a DEVICE is no list of parts. */
const parts = ['info', 'ports', 'components', 'error', 'ips', 'cartridges', 'pagecounters', 'consumables'];

/** Why the prober could not read a device, when that is all it says. */
export const failureOf = (device: XmlNode): string | undefined => {
  const [error] = nodesOf(device.error);
  return error === undefined || device.info !== undefined ? undefined : (textOf(error.message) ?? 'no reason given');
};

const infoOf = (node: XmlNode): Row => {
  const ips = wrappedTexts(node, 'ips', 'ip');
  const maker = textOf(node.netportvendor);
  return castRow('network_device', {
    ...(maker === undefined ? {} : { manufacturer: maker }),
    ...renamed(without(node, ofTheJob), { macaddr: 'mac' }),
    ...(ips === undefined ? {} : { ips }),
  });
};

const componentOf = (node: Row): Row =>
  castRow(
    'network_components',
    renamed(without(node, ['revision']), { containedinindex: 'contained_index', version: 'firmware' }),
  );

/** The texts directly below a DEVICE: that is where a discovery, which only knocked, puts what it learnt. */
const flatPart = (device: XmlNode): XmlNode =>
  Object.fromEntries(Object.entries(device).filter(([name, value]) => name === 'ips' || textOf(value) !== undefined));

/**
 * One DEVICE of an SNMP inventory (INFO, PORTS, COMPONENTS), of a discovery (flat) or of an OCS scan (COMMON), as GLPI's JSON has it.
 * Its shape tells which it is, because QUERY comes at the end of the file.
 */
export const convertDevice = (device: XmlNode): Row => {
  const info = merged(device.info);
  const ocs = convertOcsDevice(device);
  const discovered =
    info === undefined && ocs === undefined && !['ports', 'components', 'firmwares'].some((name) => name in device);
  const plate = ocs === undefined ? infoOf(info ?? flatPart(device)) : infoOf(ocs.info as XmlNode);
  const type = typeof plate.type === 'string' ? plate.type.toLowerCase() : undefined;
  const itemtype = lookUp(itemTypes, type ?? '') ?? (discovered ? 'Unmanaged' : undefined);
  const ports = nodesOf(device.ports)
    .flatMap((list) => nodesOf(list.port))
    .map(convertPort);
  const components = nodesOf(device.components).flatMap((list) => nodesOf(list.component));
  const lists = convertLists(without(device, [...parts, ...(ocs?.used ?? [])]) as XmlNode);
  const allPorts = [...ports, ...(ocs?.ports ?? [])];
  const allComponents = [...components, ...(ocs?.components ?? [])].map(componentOf);
  const workgroup = textOf(device.workgroup);
  return {
    action: discovered ? 'netdiscovery' : 'netinventory',
    ...(itemtype === undefined ? {} : { itemtype }),
    content: {
      ...lists,
      ...(Object.keys(plate).length === 0 ? {} : { network_device: plate }),
      ...(allPorts.length === 0 ? {} : { network_ports: allPorts }),
      ...(allComponents.length === 0 ? {} : { network_components: allComponents }),
      ...(workgroup === undefined ? {} : { hardware: { workgroup } }),
    },
  };
};
