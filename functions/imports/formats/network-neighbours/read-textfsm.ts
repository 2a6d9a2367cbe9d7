import { isObject } from '../glpi-json/values.ts';
import type { Neighbour } from './neighbour.ts';
import { type JsonObject, pick, type Report } from './report.ts';

/** How templates name the columns, the present names of ntc-templates first. */
const columns = {
  local: [
    ...[
      'local_interface',
      'local_intf',
      'local_port',
      'local_port_id',
      'local_int',
      'local_if',
      'local_portid',
      'local',
    ],
    'localport',
  ],
  system: [
    ...['neighbor_name', 'neighbor_sysname', 'system_name', 'sysname', 'remote_system_name', 'neighbor', 'neighbour'],
    ...['neighbor_device', 'neighbor_dev', 'remote_system', 'remote_device', 'remote_host', 'remote_hostname'],
    ...['dest_host', 'destination_host', 'device_id', 'systemname'],
  ],
  chassis: ['chassis_id', 'neighbor_chassis_id', 'remote_chassis_id', 'remote_chassis', 'chassis', 'chassisid'],
  port: [
    ...['neighbor_port_id', 'remote_port_id', 'port_id', 'neighbor_portid', 'neighbor_interface', 'neighbor_intf'],
    ...['remote_port', 'remote_interface', 'remote_intf', 'neighbor_port', 'neighbor_if', 'port_info', 'portid'],
  ],
  address: [
    ...['mgmt_address', 'management_ip', 'mgmt_ip', 'management_address', 'mgmt_ip_address', 'neighbor_mgmt_address'],
    ...['ip_address', 'interface_ip'],
  ],
  platform: ['platform', 'neighbor_platform', 'remote_platform'],
  description: [
    ...['neighbor_description', 'system_description', 'remote_system_description', 'software_version', 'version'],
  ],
} as const;

/** Templates of other tables name an interface as well; with a chassis beside it, it is the local one. */
const loosely = ['port', 'interface', 'local_port_name'];

const has = (row: JsonObject, names: readonly string[]): boolean => names.some((name) => Object.hasOwn(row, name));

/** Is this a row about a neighbour? Rows of forwarding, ARP and routing tables are not: they say what is behind a port, not at it. */
const isNeighbour = (row: JsonObject): boolean =>
  (has(row, columns.local) && has(row, [...columns.system, ...columns.chassis])) ||
  (has(row, loosely) && has(row, columns.chassis) && has(row, columns.port));

const lowerKeys = (row: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));

const neighbourOf = (row: JsonObject): Neighbour => {
  const chassis = pick(row, columns.chassis);
  return {
    localPort: pick(row, [...columns.local, ...loosely]),
    remotePort: pick(row, columns.port),
    system: pick(row, columns.system),
    chassis,
    addresses: [pick(row, columns.address)].filter((address) => address !== undefined),
    platform: pick(row, columns.platform),
    description: pick(row, columns.description),
    ...(chassis === undefined && !has(row, [...columns.address, ...columns.description]) ? { summary: true } : {}),
  };
};

/** Rows that a TextFSM template gave for `show lldp neighbors` or `show cdp neighbors`, alone or as `parsed_sample`. */
export const readTextfsm = (value: unknown): Report | undefined => {
  const rows = isObject(value) ? value.parsed_sample : value;
  if (!Array.isArray(rows)) return undefined;
  const neighbours = rows.filter(isObject).map(lowerKeys).filter(isNeighbour);
  return neighbours.length === 0 ? undefined : { neighbours: neighbours.map(neighbourOf) };
};
