import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { canonicalMac } from '../../../../domain/identity/mac.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';
import type { Element, Host } from './host.ts';
import { readScripts } from './script-names.ts';

const isDomainName = (name: string): boolean => /^[\w-]+(?:\.[\w-]+)*\.[a-z][a-z\d-]*\.?$/i.test(name);
const isHostName = (name: string): boolean => /^[a-z\d_](?:[\w-]{0,61}[a-z\d_])?$/i.test(name);

/** Names made of the address (`dhcp-10-20-1-7`, `7.1.20.10.pool`) go with the address, not with the host. */
const isMadeOf = (name: string, addresses: readonly string[]): boolean =>
  addresses.some((address) => {
    const octets = address.split('.');
    if (octets.length !== 4) return false;
    const hex = octets.map((octet) => Number(octet).toString(16).padStart(2, '0')).join('');
    const patterns = [octets, [...octets].reverse()].map((list) => list.map((octet) => `0{0,2}${octet}`).join('[._-]'));
    return new RegExp(`(?<!\\d)(?:${patterns.join('|')})(?!\\d)|${hex}`, 'i').test(name);
  });

const addressesOf = (host: Host, types: readonly string[]): string[] => [
  ...new Set(
    host.addresses.flatMap(({ attributes: { addr, addrtype = 'ipv4' } }) =>
      addr !== undefined && types.includes(addrtype) ? [addr] : [],
    ),
  ),
];

const namesOf = (hostnames: readonly Element[], isPtr: boolean): string[] =>
  hostnames.flatMap(({ attributes: { name, type } }) => (name && (type === 'PTR') === isPtr ? [name.trim()] : []));

const firstLabel = (name: string): string => name.split('.')[0] ?? '';

/** What names a host, best first: `identifiers`, how the scanner's source names it (`nativeKey`), and the name to list it under. */
export const identify = (host: Host): { identifiers: RawIdentifier[]; nativeKey?: string; name?: string } => {
  const ips = addressesOf(host, ['ipv4', 'ipv6']);
  const macs = addressesOf(host, ['mac']);
  const told = readScripts(host.scripts);
  const lasting = (name: string): boolean => !isMadeOf(name, ips);
  const listed = [...namesOf(host.hostnames, true), ...namesOf(host.hostnames, false)].filter(lasting);
  const fqdns = [...listed, ...told.fqdns.filter(lasting)].filter(isDomainName);
  const subjects = told.subjects.filter((name) => isHostName(name) || isDomainName(name)).filter(lasting);
  const hosts = [...listed, ...told.fqdns, ...told.hosts, ...subjects].map(firstLabel).filter(isHostName);
  const raw = (type: RawIdentifier['type']) => (value: string) => ({ type, value });
  const named = [...listed, ...told.fqdns, ...told.hosts].find((name) => isDomainName(name) || isHostName(name));
  const nativeKey = keyOf(macs, listed.filter(isDomainName), ips);
  return {
    identifiers: [
      ...distinct([...macs, ...told.macs.filter((mac) => canonicalMac(mac) !== undefined)]).map(raw('mac')),
      ...told.keys,
      ...distinct(fqdns).map(raw('fqdn')),
      ...distinct(hosts).map(raw('hostname')),
      ...ips.map(raw('ip')),
    ],
    ...(nativeKey === undefined ? {} : { nativeKey }),
    ...(named === undefined ? {} : { name: named.replace(/\.$/, '').slice(0, 253) }),
  };
};

const distinct = (texts: readonly string[]): string[] => [...new Set(texts.map((text) => text.toLowerCase()))];

/** Only what every scan sees makes the key; scripts run in some scans and not in others. */
const keyOf = (macs: readonly string[], fqdns: readonly string[], [ip]: readonly string[]): string | undefined => {
  const lasting = [
    ...macs.map((value) => ({ type: 'mac' as const, value })),
    ...fqdns.map((value) => ({ type: 'fqdn' as const, value })),
  ];
  for (const one of lasting) {
    const judged = normaliseIdentifier(one, { feed: '', nature: 'unknown', container: false });
    if (judged?.strength === 'medium' && judged.scope === undefined) return `${one.type}:${judged.value}`;
  }
  return ip === undefined ? undefined : `ip:${ip.toLowerCase().slice(0, 60)}`;
};
