import { containerMacPrefix, hypervisorMacPrefixes, macPlaceholders, movableMacPrefixes } from './placeholders.ts';

/**
 * A MAC in `aa:bb:cc:dd:ee:ff` form from any notation: colons, dashes, Cisco dots, bare hex, octets without leading zero,
 * and the eight-octet form that ends in `00:00`. Undefined when it is none of them.
 */
export const canonicalMac = (text: string): string | undefined => {
  const octets = text.toLowerCase().split(/[:-]/);
  const padded = octets.length >= 6 ? octets.map((octet) => octet.padStart(2, '0')).join('') : octets.join('');
  const hex = padded.replace(/^0x/, '').replaceAll(/[.\s]/g, '');
  const six = /^[\da-f]{12}0000$/.test(hex) ? hex.slice(0, 12) : hex;
  return /^[\da-f]{12}$/.test(six) ? (six.match(/../g) ?? []).join(':') : undefined;
};

export type MacTrust = { trust: 'permanent' | 'guest' | 'none' | 'placeholder'; reason?: string };

/**
 * What a MAC says about the thing that shows it. `permanent`: burnt in; `guest`: given to a virtual machine and good for naming it;
 * `none`: local, movable or a host-side adapter, it only helps; `placeholder`: names nothing.
 * `nature` is the record's: a hypervisor's prefix on a physical machine is a host-only adapter.
 */
export const judgeMac = (mac: string, nature: 'physical' | 'virtual' | 'logical' | 'unknown'): MacTrust => {
  const first = Number.parseInt(mac.slice(0, 2), 16);
  if (macPlaceholders.has(mac)) return { trust: 'placeholder', reason: 'known to be shared by many things' };
  if (new Set(mac.split(':')).size === 1) return { trust: 'placeholder', reason: 'one octet repeated' };
  if (first & 1) return { trust: 'placeholder', reason: 'a multicast address' };
  if (mac.startsWith(containerMacPrefix)) return { trust: 'none', reason: 'a container bridge address' };
  if (movableMacPrefixes.some((prefix) => mac.startsWith(prefix))) {
    return { trust: 'none', reason: 'a dock, USB or virtual adapter that moves between machines' };
  }
  const local = (first & 2) !== 0;
  if (nature === 'virtual' && local) return { trust: 'guest' };
  if (local) return { trust: 'none', reason: 'locally administered' };
  if (nature === 'physical' && hypervisorMacPrefixes.some((prefix) => mac.startsWith(prefix))) {
    return { trust: 'none', reason: 'a hypervisor adapter on a physical machine' };
  }
  return { trust: 'permanent' };
};
