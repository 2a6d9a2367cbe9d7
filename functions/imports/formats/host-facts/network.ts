import type { NetworkInterface } from '../glpi-json/document.ts';
import { addressesOf, macsOf } from '../glpi-json/interfaces.ts';
import type { HostFacts, HostInterface } from './host-facts.ts';

/** Made by the system or by containers: beyond what the names of GLPI agents' interfaces tell. */
const made =
  /^(?:sit\d|gre|tunl|ip6|ip_vti|erspan|teql|ifb|nlmon|kube-|nodelocaldns|cilium|ovs-system|ovn-|genev|vxlan|tailscale|weave|datapath|azv|lxc[\da-f_])/i;
/** They come and go with containers and guests. */
const passing = /^(?:veth(?!ernet)|cali|tap|vnet\d|br-[\da-f]{12}$|azv|lxc[\da-f_]{6,}|cilium_|lxdbr\d*-)/i;
/** Their MAC is that of a member: bonds, teams, bridges, VLANs, aliases. */
const masters = /^(?:bond|team|br\d|br[_-]|vmbr|vlan)|[.:@_]\d+$/i;
const masterTypes = new Set(['bonding', 'bridge', 'vlan', 'team', 'alias', '802.1q']);

const isMaster = ({ name, type = '' }: HostInterface): boolean =>
  masters.test(name) || masterTypes.has(type.toLowerCase());

/** The one with the default route first, then by name: tools write interfaces in any order. */
const inOrder = ({ interfaces = [], primary }: HostFacts): HostInterface[] =>
  [...interfaces].sort(
    (a, b) =>
      Number(b.name === primary) - Number(a.name === primary) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );

const rowOf = ({ name, adapter, type, mac }: HostInterface): NetworkInterface => ({
  description: adapter === undefined || /^vethernet/i.test(name) ? name : adapter,
  type: type === 'loopback' ? type : undefined,
  macaddr: mac,
});

/** MACs of hardware, each once, in lower case. Those of bonds, bridges and VLANs count only where no member shows one. */
const hardwareMacs = (interfaces: readonly HostInterface[]): string[] => {
  const members = macsOf(interfaces.filter((one) => !isMaster(one)).map(rowOf));
  return members.length > 0 ? members : macsOf(interfaces.map(rowOf));
};

/** What the interfaces say: `macs` of hardware, `addresses` that others can reach, IPv4 first, `primaryMac` that of the default route. */
export const networkOf = (host: HostFacts): { macs: string[]; addresses: string[]; primaryMac: string | undefined } => {
  const real = inOrder(host).filter(({ name }) => !made.test(name));
  const macs = hardwareMacs(real);
  const first = real.find(({ name }) => name === host.primary)?.mac?.toLowerCase();
  const rows = real.flatMap((one) =>
    one.addresses.map((address) => ({
      ...rowOf(one),
      ...(address.includes(':') ? { ipaddress6: address } : { ipaddress: address }),
    })),
  );
  return {
    macs,
    addresses: addressesOf(rows),
    primaryMac: macs.find((mac) => mac === first) ?? macs[0],
  };
};

/** The interfaces as details, without those that come and go, in the words of GLPI's rows. */
export const interfaceRows = ({ interfaces = [] }: HostFacts): Record<string, unknown>[] =>
  interfaces
    .filter(({ name }) => name !== '' && !passing.test(name))
    .map(({ name, adapter, type, driver, mac, addresses }) => ({
      description: name,
      ...(adapter === undefined ? {} : { adapter }),
      ...(type === undefined ? {} : { type }),
      ...(driver === undefined ? {} : { driver }),
      ...(mac === undefined ? {} : { mac: mac.toLowerCase() }),
      ...(addresses.length === 0 ? {} : { addresses: [...addresses].sort() }),
    }))
    .sort((a, b) => (a.description < b.description ? -1 : 1));
