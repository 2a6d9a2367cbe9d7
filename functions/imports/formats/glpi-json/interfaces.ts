import type { NetworkInterface } from './document.ts';

const virtualTypes = new Set(['loopback', 'bridge', 'alias', 'dialup', 'bluetooth', 'tunnel']);
const virtualNames =
  /^(?:lo\d*$|br-|bridge\d|virbr|docker|podman|cni|cali|flannel|veth|vnet|vmnet|vboxnet|lxcbr|lxdbr|tap|tun|utun|wg\d|ppp|dummy|zt|awdl|llw|p2p|vethernet)/i;
const virtualAdapters =
  /loopback|host-only|virtual (?:ethernet|wi-?fi|adapter|switch)|direct virtual|tap-|\btap\b|wan miniport|\bvpn\b|tunnel|teredo|isatap|bluetooth/i;
const usbDrivers = /^(?:r8152|ax88179|asix|cdc_|rndis|smsc)/i;

const soundsVirtual = ({ description = '', type = '' }: NetworkInterface): boolean =>
  virtualTypes.has(type.toLowerCase()) || virtualNames.test(description) || virtualAdapters.test(description);

const ownAddress = (address: string): boolean =>
  !/^(?:127\.|169\.254\.|0\.0\.0\.0|fe80:|::1$|::$)/i.test(address) && /^[\da-f.:]+$/i.test(address);

/**
 * The interfaces that stand for hardware; built-in ones before USB ones, which move from machine to machine.
 * Old agents on macOS flag every interface as virtual: then only names and types are asked.
 */
const hardwareInterfaces = (networks: readonly NetworkInterface[]): NetworkInterface[] => {
  const flagged = networks.every(({ virtualdev }) => virtualdev === true);
  const real = networks.filter((nic) => !soundsVirtual(nic) && (flagged || nic.virtualdev !== true));
  const isUsb = (nic: NetworkInterface): boolean => usbDrivers.test(nic.driver ?? '');
  return [...real.filter((nic) => !isUsb(nic)), ...real.filter(isUsb)];
};

/** MACs of hardware interfaces, each once: agents write one row per interface and address. */
export const macsOf = (networks: readonly NetworkInterface[]): string[] => [
  ...new Set(hardwareInterfaces(networks).flatMap(({ mac, macaddr }) => (mac ?? macaddr)?.toLowerCase() ?? [])),
];

/** Addresses of hardware interfaces, IPv4 first, without loopback and link-local ones. */
export const addressesOf = (networks: readonly NetworkInterface[]): string[] => {
  const real = hardwareInterfaces(networks);
  const found = [...real.map((nic) => nic.ipaddress), ...real.map((nic) => nic.ipaddress6)];
  return ownAddresses(found.filter((address) => address !== undefined));
};

/** The addresses that others can reach, each once. */
export const ownAddresses = (addresses: readonly string[]): string[] => [...new Set(addresses)].filter(ownAddress);
