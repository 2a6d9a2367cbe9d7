import { lookUp, type Row } from './rows.ts';

/** The fields that GLPI's JSON has as numbers, by list. Source: `Converter.php` of github.com/glpi-project/inventory_format. */
const numbers: Record<string, readonly string[]> = {
  batteries: ['real_capacity', 'capacity', 'voltage'],
  cpus: ['core', 'speed', 'stepping', 'thread', 'external_clock', 'corecount'],
  drives: ['free', 'total'],
  hardware: ['memory', 'swap'],
  logical_volumes: ['seg_count', 'size'],
  memories: ['capacity', 'numslots'],
  network_components: ['fru', 'index', 'contained_index'],
  network_device: ['ram', 'memory', 'credentials', 'cpu'],
  network_ports: [
    ...['ifinerrors', 'ifinbytes', 'ifinternalstatus', 'ifmtu', 'ifnumber', 'ifouterrors', 'ifoutbytes', 'ifspeed'],
    ...['ifportduplex', 'ifstatus', 'iftype'],
  ],
  networks: ['mtu'],
  physical_volumes: ['free', 'pe_size', 'pv_pe_count', 'size'],
  softwares: ['filesize'],
  storages: ['disksize'],
  videos: ['memory'],
  virtualmachines: ['memory', 'vcpu'],
  volume_groups: ['lv_count', 'pv_count', 'free', 'size'],
};

/** The fields that GLPI's JSON has as truths, by list. */
const truths: Record<string, readonly string[]> = {
  antivirus: ['enabled', 'uptodate'],
  cameras: ['flashunit'],
  drives: ['systemdrive'],
  licenseinfos: ['trial'],
  memories: ['removable'],
  network_ports: ['trunk', 'lldp'],
  networks: ['virtualdev', 'management'],
  powersupplies: ['hotreplaceable', 'plugged'],
  printers: ['network', 'shared'],
  softwares: ['no_remove'],
};

const asNumber = (value: unknown): unknown => {
  const digits = typeof value === 'string' ? /^[+-]?\d{1,15}/.exec(value)?.[0] : undefined;
  return digits === undefined ? value : Number(digits);
};

const asTruth = (value: unknown): unknown =>
  typeof value === 'string' ? ['1', 'true', 'yes', 'on'].includes(value.toLowerCase()) : value;

/** One row of a list with numbers and truths where GLPI's JSON has them; what is not a number stays text. */
export const castRow = (list: string, row: Row): Row => {
  const cast = (name: string, value: unknown): unknown =>
    lookUp(numbers, list)?.includes(name)
      ? asNumber(value)
      : lookUp(truths, list)?.includes(name)
        ? asTruth(value)
        : value;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cast(name, value)]));
};
