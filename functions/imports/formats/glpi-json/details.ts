import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { isObject, objectsOf } from './values.ts';

/** A list of the content that is kept as it is, under a section of its own, but for the fields in `without` and what `changes`. */
type List = {
  from: string;
  without?: readonly string[];
  changes?: (name: string, value: unknown) => boolean;
  inFileOrder?: true;
  /** Rows that are equal are one: package managers report a product once for each of its entries. */
  distinct?: true;
};

/** Android writes the charge in per cent where computers write the capacity in mWh. */
const isCharge = (name: string, value: unknown): boolean => name === 'capacity' && Number(value) <= 100;

const portCounters = [
  'ifinbytes',
  'ifoutbytes',
  'ifinoctets',
  'ifoutoctets',
  'ifinerrors',
  'ifouterrors',
  'iflastchange',
];
const portState = ['ifstatus', 'ifspeed', 'ifportduplex', 'connections', 'lldp'];
const radioState = ['wifi_ssid', 'wifi_bssid', 'wifi_mode'];

/**
 * Bulky lists by section. Left out of them: what changes by itself (free space, link state, counters, charge) and secrets (licence keys).
 * Left out altogether: processes, environment variables, page counters, cartridge levels and the agent's own build.
 */
const lists: Record<string, List> = {
  software: { from: 'softwares', distinct: true },
  interfaces: { from: 'networks', without: ['status', 'speed', 'ipdhcp', ...radioState] },
  storages: { from: 'storages' },
  volumes: { from: 'drives', without: ['free'] },
  physicalVolumes: { from: 'physical_volumes', without: ['free'] },
  volumeGroups: { from: 'volume_groups', without: ['free'] },
  logicalVolumes: { from: 'logical_volumes' },
  memories: { from: 'memories', inFileOrder: true },
  cpus: { from: 'cpus', inFileOrder: true },
  monitors: { from: 'monitors', without: ['base64', 'uuencode'] },
  controllers: { from: 'controllers' },
  usb: { from: 'usbdevices' },
  inputs: { from: 'inputs' },
  videos: { from: 'videos', without: ['resolution'] },
  sounds: { from: 'sounds' },
  slots: { from: 'slots' },
  ports: { from: 'ports' },
  modems: { from: 'modems' },
  batteries: { from: 'batteries', without: ['voltage', 'real_capacity', 'level', 'status'], changes: isCharge },
  powerSupplies: { from: 'powersupplies', without: ['status', 'plugged'] },
  printers: { from: 'printers', without: ['status', 'errstatus'] },
  firmwares: { from: 'firmwares' },
  antivirus: { from: 'antivirus', without: ['base_creation', 'base_version', 'uptodate'] },
  firewalls: { from: 'firewalls' },
  remoteManagement: { from: 'remote_mgmt' },
  licences: { from: 'licenseinfos', without: ['key'] },
  users: { from: 'users' },
  localUsers: { from: 'local_users' },
  localGroups: { from: 'local_groups' },
  simCards: { from: 'simcards', without: ['state'] },
  cameras: { from: 'cameras' },
  sensors: { from: 'sensors' },
  components: { from: 'network_components', inFileOrder: true },
  networkPorts: { from: 'network_ports', without: [...portCounters, ...portState], inFileOrder: true },
};

type Row = Record<string, unknown>;

/** One row with its fields in name order and without empty ones: agents write them in any order. */
const tidy = (row: Row, leaveOut: (name: string, value: unknown) => boolean): Row =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name, value]) => !leaveOut(name, value) && name !== '__proto__' && !isEmpty(value))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

const read = (content: Row, { from, without = [], changes = () => false, inFileOrder, distinct }: List): Row[] => {
  const rows = objectsOf(content[from]).map((row) =>
    tidy(row, (name, value) => without.includes(name) || changes(name, value)),
  );
  if (inFileOrder) return rows.filter((row) => Object.keys(row).length > 0);
  const keyed = rows.map((row) => [JSON.stringify(row), row] as const).filter(([text]) => text !== '{}');
  const sorted = keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.filter(([text], index) => !distinct || text !== sorted[index - 1]?.[0]).map(([, row]) => row);
};

/** What LLDP, CDP and the forwarding table say stands behind each port; apart from the ports, because it changes by itself. */
const neighbours = (content: Row): Row[] =>
  objectsOf(content.network_ports)
    .map(({ ifnumber, ifname, lldp, connections }) => ({ ifnumber, ifname, lldp, connections: objectsOf(connections) }))
    .filter(({ connections }) => connections.length > 0)
    .map((row) => tidy(row, () => false));

/**
 * The bulky lists of the content (as parsed, not typed), by section. Rows that come in no particular order are sorted, so that the same
 * facts always give the same list. Only lists that the file carries are there, empty ones too.
 */
export const detailsOf = (content: unknown): NonNullable<DiscoveryRecord['details']> => {
  if (!isObject(content)) return {};
  const carried = Object.entries(lists).filter(([, { from }]) => !isEmpty(content[from]));
  const beside = neighbours(content);
  return Object.fromEntries([
    ...carried.map(([section, list]) => [section, read(content, list)] as const),
    ...(beside.length === 0 ? [] : [['neighbours', beside] as const]),
  ]);
};
