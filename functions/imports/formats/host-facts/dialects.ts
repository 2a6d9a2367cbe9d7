import type { Json } from './host-facts.ts';

export type Dialect = 'ansible-facts' | 'salt-grains' | 'ohai' | 'facter';

/** Facts that only one tool writes, as a pattern for the whole name. Foreman flattens names: `hwaddr_interfaces::eth0`. */
const marks: Record<Dialect, string> = {
  'ansible-facts':
    'ansible_(?:facts|distribution|hostname|fqdn|nodename|os_family|architecture|system|kernel|machine|machine_id|interfaces|default_ipv4|all_ipv4_addresses|product_name|memtotal_mb|processor|virtualization_role|date_time|env)|_ansible_facts_gathered|module_setup|gather_subset|userspace_architecture|all_ipv4_addresses|memtotal_mb',
  'salt-grains': 'saltversion|saltversioninfo|saltpath|osfinger|osrelease_info|hwaddr_interfaces|ip4_interfaces',
  ohai: 'chef_packages|ohai_time',
  facter:
    'facterversion|aio_agent_version|kernelmajversion|system_uptime|operatingsystemrelease|operatingsystemmajrelease|hardwareisa|rubysitedir|puppetversion|processorcount|physicalprocessorcount',
};

/** Names that other files have too: they tell a dialect only once it is known that the object holds a host's facts. */
const hints: Record<Dialect, string> = {
  'ansible-facts': 'distribution_version',
  'salt-grains': 'osrelease|osfullname|server_id',
  ohai: 'platform_family|platform_version|virtualization',
  facter: 'networking|dmi|kernelrelease|is_virtual|os|operatingsystem|serialnumber',
};

/** In the order in which they are asked: Ansible lends facts of facter, grains share names with facter. */
const order: readonly Dialect[] = ['ansible-facts', 'salt-grains', 'ohai', 'facter'];

const tails = '(?:::[^"]*)?';
const keyOf = (names: string): RegExp => new RegExp(`^(?:${names})${tails}$`);
const inTextOf = (names: string): RegExp => new RegExp(`"(?:${names})${tails}"\\s*:`);

const knownByKey = order.map((name) => [name, keyOf(marks[name])] as const);
const hintedByKey = order.map((name) => [name, keyOf(hints[name])] as const);
const knownInText = order.map((name) => [name, inTextOf(marks[name])] as const);

/** Whose facts the object holds, by a name that only one tool writes; undefined when it holds none. */
export const dialectOf = (facts: Json): Dialect | undefined => {
  const names = Object.keys(facts);
  return knownByKey.find(([, key]) => names.some((name) => key.test(name)))?.[0];
};

/** The same for an object that is known to hold a host's facts, of which maybe only a few. */
export const likelyDialectOf = (facts: Json): Dialect | undefined => {
  const names = Object.keys(facts);
  return dialectOf(facts) ?? hintedByKey.find(([, key]) => names.some((name) => key.test(name)))?.[0];
};

/** Whose facts the text shows first of all. */
export const dialectInText = (text: string): Dialect | undefined => knownInText.find(([, key]) => key.test(text))?.[0];
