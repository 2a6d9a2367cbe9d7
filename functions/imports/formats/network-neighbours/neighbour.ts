import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { canonicalMac } from '../../../../domain/identity/mac.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';
import { keyPart } from '../glpi-json/native-key.ts';

/**
 * What LLDP or CDP says stands at the other end of a port, as the device wrote it. `summary`: from a table with columns of fixed
 * width, where a name of 20 characters is the beginning of one.
 */
export type Neighbour = {
  localPort?: string | undefined;
  remotePort?: string | undefined;
  system?: string | undefined;
  chassis?: string | undefined;
  addresses?: readonly string[];
  platform?: string | undefined;
  description?: string | undefined;
  summary?: true;
};

/**
 * What names a neighbour. `key`: how the source that heard of it names it, present when a permanent MAC, a serial or a full name does;
 * `host`: its name without domain, in lower case; `cut`: its name is only the beginning of one.
 */
export type Named = { identifiers: RawIdentifier[]; key?: string; host?: string; name?: string; cut?: true };

export const isDomainName = (name: string): boolean =>
  name.length <= 253 && /^[\w-]+(?:\.[\w-]+)*\.[a-z][a-z\d-]*\.?$/i.test(name);
export const isHostName = (name: string): boolean => /^(?=.*[a-z])[a-z\d_](?:[\w-]{0,61}[a-z\d_])?$/i.test(name);
const isIp = (text: string): boolean => /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=.*:.*:)[\da-f:.]+)$/i.test(text);

const cutLength = 20;

/** CDP names some devices `name(SERIAL)`, with the serial that Cisco prints on them. */
const splitSerial = (text: string): { name: string; serial?: string } => {
  const [, name, serial] = /^([^()]+)\(([A-Z]{3}\d{4}[A-Z\d]{4})\)$/.exec(text) ?? [];
  return name === undefined || serial === undefined ? { name: text } : { name, serial };
};

const macOf = (text: string, bare: boolean): string | undefined =>
  bare || /[.:-]/.test(text) ? canonicalMac(text) : undefined;

const isFirm = (raw: RawIdentifier): boolean => {
  const judged = normaliseIdentifier(raw, { feed: '', nature: 'unknown', container: false });
  return (judged?.strength === 'strong' || judged?.strength === 'medium') && judged.scope === undefined;
};

const isUsable = (raw: RawIdentifier): boolean => {
  const judged = normaliseIdentifier(raw, { feed: '', nature: 'unknown', container: false });
  return judged !== undefined && judged.strength !== 'rejected';
};

/** The name among what system and chassis say: either may hold a MAC, an address, a model in words, or nothing. */
const nameOf = ({ system = '', chassis = '' }: Neighbour): { name: string; serial?: string } => {
  const given = [system, chassis].map((text) => splitSerial(text.trim()));
  const named = given.find(
    ({ name }) => macOf(name, true) === undefined && !isIp(name) && (isDomainName(name) || isHostName(name)),
  );
  const serial = given.find((one) => one.serial !== undefined)?.serial;
  return { name: named?.name.replace(/\.$/, '') ?? '', ...(serial === undefined ? {} : { serial }) };
};

/** Judges what a neighbour is known by: chassis MAC before serial, full name and host name. */
export const nameNeighbour = (neighbour: Neighbour): Named => {
  const { system = '', chassis = '', addresses = [], summary } = neighbour;
  const mac = macOf(chassis.trim(), true) ?? macOf(system.trim(), false);
  const { name: written, serial } = nameOf(neighbour);
  const cut = summary === true && mac === undefined && written.length === cutLength;
  const name = cut ? (written.includes('.') ? (written.split('.')[0] ?? '') : '') : written;
  const identifiers: RawIdentifier[] = [
    ...(mac === undefined ? [] : [{ type: 'mac' as const, value: mac }]),
    ...(serial === undefined ? [] : [{ type: 'serial' as const, value: serial, qualifier: 'Cisco' }]),
    ...(isDomainName(name) ? [{ type: 'fqdn' as const, value: name }] : []),
    ...(name === '' ? [] : [{ type: 'hostname' as const, value: name.split('.')[0] ?? '' }]),
    ...[...new Set(addresses)].filter(isIp).map((value) => ({ type: 'ip' as const, value })),
  ].filter(isUsable);
  const firm = identifiers.find(isFirm);
  const host = identifiers.find(({ type }) => type === 'hostname')?.value.toLowerCase();
  return {
    identifiers,
    ...(firm === undefined ? {} : { key: `neighbour/${firm.type}:${keyPart(firm.value)}` }),
    ...(host === undefined ? {} : { host }),
    ...(name === '' ? {} : { name }),
    ...(cut ? { cut } : {}),
  };
};
