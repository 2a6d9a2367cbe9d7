/**
 * Values that name nothing, as data. Facts merged from the blacklists of FusionInventory for GLPI and OCS Inventory and from
 * dmidecode dumps of real machines. Texts are compared in lower case after cleaning.
 */

/** Junk in any text identifier, and in a manufacturer. */
// biome-ignore format: a list of words reads better filled
const anywhere = [
  'n/a', 'na', 'n.a.', 'none', 'null', '(null)', '(null string)', 'nil', 'undefined', 'empty', 'invalid', 'unknow', 'unknown',
  'not specified', 'not available', 'not applicable', 'not present', 'not settable', 'default string', 'default_string', 'oem',
  'o.e.m.', 'to be filled', 'to be filled by o.e.m.', 'to be filled by oem', 'tbd', '<bad index>', 'no asset tag',
  'no asset information', '..[.', '*', '?', '-', '0',
];

// biome-ignore format: a list of words reads better filled
const serials = [
  'eval', 'iatpass', 'system serial number', 'chassis serial number', 'base board serial number', 'serial number xxxxxx',
  'enter serial', 'my_serial', 'tulip computers', '123456789000', '0123456789abcdef', 'sn-123456fvgv3i0b8o5n6n7k',
  'chassis asset tag', 'release-keys',
];

const assetTags = ['chassis asset tag', 'asset tag', 'release-keys', 'asset-1234567890', '2', 'system serial number'];

/** What clouds write as the chassis tag of every guest, as cloud-init's `ds-identify` and the clouds themselves document it. */
// biome-ignore format: a list of words reads better filled
const cloudTags = [
  '7783-7084-3265-9085-8269-3286-77', 'amazon ec2', 'oraclecloud.com', 'opentelekomcloud', 'sap ccloud vm', 'huaweicloud',
  'openstack nova', 'openstack compute', 'samsung cloud platform', 'google compute engine', 'alibaba cloud ecs', 'digitalocean droplet',
];
const manufacturers = ['system manufacturer', 'manufacturer', 'generic', 'other', 'various'];
const hostnames = ['localhost', 'ip6-localhost', 'foo', 'fdi', 'raspberrypi', '(none)'];

export const placeholders = {
  text: new Set(anywhere),
  serial: new Set([...anywhere, ...serials]),
  assetTag: new Set([...anywhere, ...assetTags, ...cloudTags]),
  manufacturer: new Set([...anywhere, ...manufacturers]),
  hostname: new Set([...anywhere, ...hostnames]),
};

/** One character over and over, whatever the separators: `00000000`, `xxxx`, `.........`, `00000000-0000-0000`. */
export const isRun = (text: string): boolean => {
  const bare = text.replaceAll(/[\s._:/-]/g, '');
  return bare === '' || /^(.)\1*$/isu.test(bare);
};

/** Counting up or down from one end, with or without a short prefix: `12345`, `SN-1234567890`, `SYS-9876543210`. */
export const isCount = (text: string): boolean => {
  const digits = /^(?:(?:sn|s\/n|sys|mb|asset)[-: ]?)?(\d{4,})$/i.exec(text)?.[1];
  if (digits === undefined) return false;
  return ['1234567890', '0123456789', '9876543210'].some((count) => count.repeat(4).startsWith(digits));
};

/** What a spreadsheet leaves of a long number: `6.37702E+15`. The digits are lost, so it names nothing. */
export const isSpreadsheetNumber = (text: string): boolean => /^\d(?:[.,]\d+E\+?\d{1,3}|E\+\d{1,3})$/i.test(text);

/** Canonical UUIDs (the smaller byte order) that are known not to be unique. Zeros with a MAC behind them ARE unique and never match here. */
export const uuidPlaceholders = [
  '00020003000400050006000700080009',
  '00b3b56a8d5314109fb5b0684d007b53',
  '123456781234567890abcddeefaabbcc',
  '000102030405060708090a0b0c0d0e0f',
];

/** One byte or one four-byte word repeated to the end: all zero, all f, `0101...`, `deadbeefdeadbeef...`. */
export const uuidRun = /^(?:(..)\1{15}|(.{8})\2{3})$/;

/** Gigabyte boards share most of this one; what differs is not always unique, so it only helps. */
export const uuidPartlyUnique = /^03d40274043505/;

// biome-ignore format: a list of addresses reads better filled
export const macPlaceholders = new Set([
  '00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '44:45:53:54:00:00', '44:45:53:54:00:01', '44:45:53:54:61:6f', '50:50:54:50:30:30',
  '33:50:6f:45:30:30', '20:41:53:59:4e:ff', '02:00:4e:43:50:49', '24:b6:20:52:41:53', '0a:00:27:00:00:00', '00:50:56:c0:00:01',
  '00:50:56:c0:00:08', '02:80:37:ec:02:00', '00:a0:c6:00:00:00', 'e2:e6:16:20:0a:35', 'd2:0a:2d:a0:04:be', 'd2:6b:25:2f:2c:e7',
  '00:1a:7d:da:71:0a', '00:01:02:7d:9b:1c', '00:08:a1:46:06:35', '00:08:a1:66:e2:1a', '00:09:dd:10:37:68', '00:0f:ea:9a:e2:f0',
  '00:10:5a:72:71:f3', '00:11:11:85:08:8b', '10:11:11:11:11:11',
]);

/** Prefixes of things that are carried from machine to machine (docks, USB network cards and radios) or made up by a driver (TAP). */
// biome-ignore format: a list of addresses reads better filled
export const movableMacPrefixes = [
  '00:e0:4c', '00:50:b6', '00:24:9b', '00:05:1b', 'a0:ce:c8', '8c:ae:4c', '00:1a:7d', '00:ff:',
];

/** Prefixes that hypervisors give to network cards: they name a guest, but on a physical machine only a host-only adapter. */
export const hypervisorMacPrefixes = [
  '00:50:56',
  '00:0c:29',
  '00:05:69',
  '08:00:27',
  '00:15:5d',
  '00:16:3e',
  '52:54:00',
];

/** Container bridges number their ends alike on every host. */
export const containerMacPrefix = '02:42';
