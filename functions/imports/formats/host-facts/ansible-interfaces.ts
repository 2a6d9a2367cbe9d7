import { isObject } from '../glpi-json/values.ts';
import type { HostInterface, Json } from './host-facts.ts';
import { textAt, textsAt, valueAt } from './pick.ts';

const addressesIn = (from: unknown): string[] =>
  (Array.isArray(from) ? from : [from]).flatMap((one) => textAt(one, 'address') ?? textsAt({ one }, 'one'));

const interfaceOf = (name: string, one: Json): HostInterface => ({
  name,
  adapter: textAt(one, 'interface_name'),
  type: textAt(one, 'type'),
  driver: textAt(one, 'module'),
  mac: textAt(one, 'perm_macaddress', 'macaddress'),
  addresses: ['ipv4', 'ipv4_secondaries', 'ipv6'].flatMap((family) => addressesIn(valueAt(one, family))),
});

/** Each interface is a fact of its own (`ansible_eth0`, `ansible_br_lan`), known by its `device`, which is its true name. */
const isInterface = (value: unknown): value is Json =>
  isObject(value) &&
  typeof value.device === 'string' &&
  ['macaddress', 'ipv4', 'ipv6', 'mtu', 'type', 'active'].some((key) => key in value);

const names = (one: unknown): one is Json =>
  isObject(one) && textAt(one, 'connection_name', 'interface_name') !== undefined;

/**
 * The interfaces: facts of their own on Unix, rows of `interfaces` on Windows, else what the default route and the address lists show.
 * Undefined when the network was not gathered. A slave of a bond is known by the MAC that is burnt in (`perm_macaddress`).
 */
export const readAnsibleInterfaces = (facts: Json): readonly HostInterface[] | undefined => {
  const found = [
    ...Object.values(facts)
      .filter(isInterface)
      .map((one) => interfaceOf(String(one.device), one)),
    ...(Array.isArray(facts.interfaces) ? facts.interfaces : [])
      .filter(names)
      .map((one) => interfaceOf(textAt(one, 'connection_name', 'interface_name') ?? '', one)),
  ];
  const bare = { type: undefined, driver: undefined, mac: undefined, addresses: [] };
  const route = valueAt(facts, 'default_ipv4');
  if (found.length === 0 && textAt(route, 'address') !== undefined) {
    const name = textAt(route, 'interface', 'alias') ?? 'default';
    found.push({ ...bare, name, mac: textAt(route, 'macaddress'), addresses: addressesIn(route) });
  }
  const shown = found.some(({ addresses }) => addresses.length > 0);
  const listed = ['ip_addresses', 'all_ipv4_addresses', 'all_ipv6_addresses'].flatMap((key) => textsAt(facts, key));
  if (!shown && listed.length > 0) found.push({ ...bare, name: '', addresses: [...new Set(listed)] });
  return found.length === 0 && !Array.isArray(facts.interfaces) ? undefined : found;
};
