import { castRow } from './cast-row.ts';
import { lookUp, nodesOf, type Row, renamed, textsOf, without } from './rows.ts';
import { toIsoDate } from './to-iso-date.ts';
import type { XmlNode } from './xml-tree.ts';

type Fix = (row: Row) => Row;

const mapText = (row: Row, name: string, change: (text: string) => string): Row => {
  const value = row[name];
  return typeof value === 'string' ? { ...row, [name]: change(value) } : row;
};
const asLists = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, names.includes(name) && !Array.isArray(value) ? [value] : value]),
  );
const lower = (text: string): string => text.toLowerCase();

const interfaceTypes: Record<string, string> = { local: 'loopback' };
const slotStates: Record<string, string> = { 'in use': 'used', available: 'free' };
const machineTypes: Record<string, string> = {
  'hyper-v': 'hyperv',
  'solaris zones': 'solariszone',
  'solaris zone': 'solariszone',
};
const named = (names: Record<string, string>) => (text: string) => lookUp(names, lower(text)) ?? lower(text);

/** Watt hours, of which old agents write the unit too, as milliwatt hours. */
const milliwattHours = (text: string): string => {
  const hours = /^(\d{1,9}(?:\.\d{1,9})?) Wh$/i.exec(text)?.[1];
  return hours === undefined ? text : String(Math.round(Number(hours) * 1000));
};

const pciIds: Fix = (row) => {
  const [vendorid, productid] = typeof row.pciid === 'string' ? row.pciid.split(':') : [];
  return { ...(vendorid ? { vendorid } : {}), ...(productid ? { productid } : {}), ...without(row, ['pciid']) };
};

/** What was written otherwise before GLPI's JSON, by list; OCS has words of its own. Source: `Converter.php`, as in cast-row.ts. */
const fixes: Record<string, Fix> = {
  antivirus: (row) =>
    mapText(
      renamed(row, { datfilecreation: 'base_creation', datfileversion: 'base_version' }),
      'expiration',
      toIsoDate,
    ),
  batteries: (row) => {
    const dated = mapText(without(row, ['temperature', 'level', 'health', 'status']), 'date', toIsoDate);
    return mapText(mapText(dated, 'capacity', milliwattHours), 'real_capacity', milliwattHours);
  },
  cameras: (row) => asLists(row, ['imageformats', 'resolution', 'resolutionvideo']),
  controllers: pciIds,
  cpus: (row) => {
    const counted = renamed(row, { cores: 'core' });
    return mapText(row.name === undefined ? renamed(counted, { type: 'name' }) : counted, 'arch', lower);
  },
  drives: (row) => without(row, ['numfiles']),
  firmwares: (row) => mapText(row, 'date', toIsoDate),
  local_groups: (row) => asLists(renamed(row, { member: 'members' }), ['members']),
  networks: (row) => mapText(mapText(renamed(row, { macaddr: 'mac' }), 'status', lower), 'type', named(interfaceTypes)),
  ports: (row) => ({ type: 'None', ...row }),
  simcards: (row) => renamed(row, { line_number: 'phone_number' }),
  slots: (row) => mapText(row, 'status', named(slotStates)),
  softwares: (row) => {
    const kept = without(row, ['filename', 'source', 'language', 'is64bit', 'releasetype']);
    return mapText(renamed(kept, { installdate: 'install_date' }), 'install_date', toIsoDate);
  },
  storages: (row) => renamed(row, { serialnumber: 'serial' }),
  virtualmachines: (row) => mapText(row, 'vmtype', named(machineTypes)),
};

/** Lists that were once called otherwise. */
const listNames: Record<string, string> = { firewall: 'firewalls', user: 'users' };

/** Single things, and what is no list of rows: not touched here. */
const noLists = ['accesslog', 'accountinfo', 'bios', 'device', 'download', 'hardware', 'operatingsystem', 'rudder'];

/** The repeated elements of a computer or device as lists, in GLPI's words. Texts between them (versions, numbers) are left out. */
export const convertLists = (content: XmlNode): Row =>
  Object.fromEntries(
    Object.entries(content).flatMap(([name, value]) => {
      const list = lookUp(listNames, name) ?? name;
      if (noLists.includes(list) || nodesOf(value).length === 0) return [];
      const fix = lookUp(fixes, list) ?? ((row: Row) => row);
      return [[list, nodesOf(value).map((node) => castRow(list, fix(node)))] as const];
    }),
  );

/** All texts below a wrapper element, as in `IPS/IP`. */
export const wrappedTexts = (node: XmlNode, wrapper: string, name: string): string[] | undefined => {
  const wrappers = nodesOf(node[wrapper]);
  return wrappers.length === 0 ? undefined : wrappers.flatMap((entry) => textsOf(entry[name]));
};
