import * as z from 'zod';
import { flag, number, one, rows, text, texts } from './values.ts';

const Bios = z.object({
  assettag: text,
  biosserial: text,
  bversion: text,
  enclosureserial: text,
  mmanufacturer: text,
  mmodel: text,
  msn: text,
  skunumber: text,
  smanufacturer: text,
  smodel: text,
  ssn: text,
});

const Hardware = z.object({
  chassis_type: text,
  defaultgateway: text,
  memory: number,
  name: text,
  osname: text,
  osversion: text,
  uuid: text,
  vmsystem: text,
  workgroup: text,
});

const OperatingSystem = z.object({
  arch: text,
  fqdn: text,
  full_name: text,
  kernel_version: text,
  name: text,
  service_pack: text,
  ssh_key: text,
  version: text,
});

export const NetworkInterface = z.object({
  description: text,
  driver: text,
  ipaddress: text,
  ipaddress6: text,
  mac: text,
  macaddr: text,
  type: text,
  virtualdev: flag,
});
export type NetworkInterface = z.infer<typeof NetworkInterface>;

const NetworkDevice = z.object({
  dnshostname: text,
  firmware: text,
  ip: text,
  ips: texts,
  location: text,
  mac: text,
  manufacturer: text,
  model: text,
  name: text,
  netbiosname: text,
  ram: number,
  serial: text,
  snmphostname: text,
  type: text,
});

export const Component = z.object({
  firmware: text,
  ip: text,
  mac: text,
  manufacturer: text,
  model: text,
  name: text,
  serial: text,
  type: text,
});
export type Component = z.infer<typeof Component>;

const Monitor = z.object({ altserial: text, caption: text, manufacturer: text, name: text, serial: text });
const Printer = z.object({ driver: text, manufacturer: text, name: text, network: flag, port: text, serial: text });

const VirtualMachine = z.object({
  image: text,
  mac: texts,
  memory: number,
  name: text,
  serial: text,
  subsystem: text,
  uuid: text,
  vcpu: number,
  vmtype: text,
});

const Database = z.object({ manufacturer: text, name: text, path: text, port: number, type: text, version: text });
const DatabaseService = Database.extend({ databases: rows(z.object({ name: text })), instances: rows(Database) });

const Connection = z.object({ ifdescr: text, ip: text, mac: texts, sysmac: text, sysname: text });
const NetworkPort = z.object({ connections: rows(Connection), ifname: text, lldp: flag, mac: text, trunk: flag });

const Content = z.object({
  accesslog: one(z.object({ logdate: text })),
  bios: one(Bios),
  cpus: rows(z.object({ core: number, name: text })),
  databases_servers: rows(DatabaseService),
  databases_services: rows(DatabaseService),
  firmwares: rows(z.object({ manufacturer: text, version: text })),
  hardware: one(Hardware),
  modems: rows(z.object({ imei: texts })),
  monitors: rows(Monitor),
  network_components: rows(Component),
  network_device: one(NetworkDevice),
  network_ports: rows(NetworkPort),
  networks: rows(NetworkInterface),
  operatingsystem: one(OperatingSystem),
  printers: rows(Printer),
  simcards: rows(z.object({ imei: texts })),
  versionclient: text,
  virtualmachines: rows(VirtualMachine),
});
export type Content = z.infer<typeof Content>;

/**
 * The part of a GLPI inventory that is mapped to typed facts. Every field may be absent or oddly typed; nothing here rejects a file.
 * Source of the names: `inventory.schema.json` of github.com/glpi-project/inventory_format.
 */
export const GlpiDocument = z.object({
  action: text,
  content: Content,
  deviceid: text,
  itemtype: text,
  partial: flag,
  tag: text,
});
export type GlpiDocument = z.infer<typeof GlpiDocument>;
