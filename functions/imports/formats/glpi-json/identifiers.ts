import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';
import { canonicalUuid } from '../../../../domain/identity/uuid.ts';
import type { Kind } from './classify.ts';
import type { GlpiDocument } from './document.ts';
import { addressesOf, macsOf, ownAddresses } from './interfaces.ts';

/** One identifier, or none when the source left it empty. */
export const identifier = (
  type: RawIdentifier['type'],
  value: string | undefined,
  qualifier?: string | undefined,
): RawIdentifier[] => (value === undefined ? [] : [{ type, value, ...(qualifier === undefined ? {} : { qualifier }) }]);

/** Whether an identifier names something: placeholders and broken values do not. */
export const isUsable = (raw: RawIdentifier): boolean => {
  const judged = normaliseIdentifier(raw, { feed: '', nature: 'physical', container: false });
  return judged !== undefined && judged.strength !== 'rejected';
};

const usableOf = (type: RawIdentifier['type'], ...values: (string | undefined)[]): string | undefined =>
  values.find((value) => value !== undefined && isUsable({ type, value })) ??
  values.find((value) => value !== undefined);

/** The serial of a network device: its own, else that of the first chassis, else that of the stack. */
export const deviceSerial = ({ content }: GlpiDocument): string | undefined => {
  const components = content.network_components ?? [];
  const of = (type: string) =>
    components.find((part) => part.type?.toLowerCase() === type && part.serial !== undefined);
  return usableOf('serial', content.network_device?.serial, of('chassis')?.serial, of('stack')?.serial);
};

/** Manufacturer and system serial, wherever the kind of device has them. */
export const nameplateOf = (
  document: GlpiDocument,
): { manufacturer: string | undefined; serial: string | undefined } => {
  const { bios, network_device: device, firmwares } = document.content;
  const serial = usableOf('serial', bios?.ssn, bios?.biosserial, deviceSerial(document));
  const manufacturer =
    bios?.smanufacturer ?? device?.manufacturer ?? bios?.mmanufacturer ?? firmwares?.[0]?.manufacturer;
  return { manufacturer, serial };
};

const isIp = (name: string): boolean => /^[\d.]+$|:/.test(name);
const isDomainName = (name: string): boolean => /^[^\s.]+(\.[^\s.]+)*\.[a-z][a-z\d-]+\.?$/i.test(name);

/** The name by which the device is called; discovery files name it in up to four ways. */
export const hostNameOf = ({ content }: GlpiDocument): string | undefined => {
  const { hardware, network_device: device } = content;
  const names = [hardware?.name, device?.name, device?.snmphostname, device?.netbiosname, device?.dnshostname];
  return names.find((name) => name !== undefined && !isIp(name));
};

const networkIdentifiers = ({ content }: GlpiDocument): RawIdentifier[] => {
  const { network_device: device, networks = [], network_ports: ports = [] } = content;
  const own = [...macsOf(networks), ...(device?.mac === undefined ? [] : [device.mac.toLowerCase()])];
  const fromPorts = ports.flatMap(({ mac }) => mac?.toLowerCase() ?? []).slice(0, 8);
  const macs = new Set(own.length === 0 ? fromPorts : own);
  const ips = [...addressesOf(networks), ...ownAddresses([...(device?.ips ?? []), ...(device?.ip ? [device.ip] : [])])];
  return [
    ...[...macs].slice(0, 64).flatMap((mac) => identifier('mac', mac)),
    ...[...new Set(ips)].slice(0, 64).flatMap((ip) => identifier('ip', ip)),
  ];
};

/** All identifiers of the main record, as written. A phone's `uuid` that is no UUID is the id that its system made up (`udid`). */
export const identifiersOf = (document: GlpiDocument, kind: Kind): RawIdentifier[] => {
  const { bios, hardware, operatingsystem: os, simcards = [], modems = [] } = document.content;
  const { manufacturer, serial } = nameplateOf(document);
  const isUdid = kind.ciClass === 'mobile' && canonicalUuid(hardware?.uuid ?? '') === undefined;
  const host = hostNameOf(document);
  return [
    ...identifier('serial', serial, manufacturer),
    ...identifier(isUdid ? 'udid' : 'uuid', hardware?.uuid),
    ...[...simcards, ...modems].flatMap(({ imei = [] }) => imei.flatMap((value) => identifier('imei', value))),
    ...identifier('assetTag', bios?.assettag),
    ...identifier('boardSerial', bios?.msn, bios?.mmanufacturer ?? bios?.smanufacturer),
    ...identifier('chassisSerial', bios?.enclosureserial, bios?.smanufacturer),
    ...identifier('sshHostKey', os?.ssh_key),
    ...networkIdentifiers(document),
    ...[...new Set([os?.fqdn, host])].flatMap((name) => (name && isDomainName(name) ? identifier('fqdn', name) : [])),
    ...identifier('hostname', host),
  ];
};
