import * as z from 'zod';
import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { facts } from '../glpi-json/facts.ts';
import { number, one, rows, text } from '../glpi-json/values.ts';

const Instance = z.object({
  architecture: text,
  cpuOptions: one(z.object({ coreCount: number, threadsPerCore: number })),
  hypervisor: text,
  imageId: text,
  instanceLifecycle: text,
  instanceType: text,
  networkInterfaces: rows(
    z.object({
      macAddress: text,
      networkInterfaceId: text,
      ownerId: text,
      privateIpAddress: text,
      privateIpAddresses: rows(z.object({ privateIpAddress: text })),
      ipv6Addresses: rows(z.object({ ipv6Address: text })),
    }),
  ),
  placement: one(z.object({ tenancy: text })),
  platform: text,
  platformDetails: text,
  privateDnsName: text,
  privateIpAddress: text,
  publicDnsName: text,
  publicIpAddress: text,
  securityGroups: rows(z.object({ groupId: text })),
  state: one(z.object({ name: text })),
  subnetId: text,
  virtualizationType: text,
  vpcId: text,
});
export type Instance = z.infer<typeof Instance>;

/** Reads the configuration of an EC2 instance, keys beginning in lower case. */
export const readInstance = (configuration: unknown): Instance => Instance.parse(configuration);

/** The names that AWS makes of address or id: every private network has its own `ip-10-0-0-1`. */
const madeUp = /^(?:ip-[\da-f-]+|i-[\da-f]+)\.(?:[\w.-]+\.)?(?:ec2|compute)\.internal\.?$/i;

/** Whether a private DNS name was given by someone, so that it names one machine. */
export const isOwnName = (name: string): boolean => name.includes('.') && !madeUp.test(name);

const addressesOf = ({ networkInterfaces = [], privateIpAddress }: Instance): string[] => {
  const found = networkInterfaces.flatMap((nic) => [
    nic.privateIpAddress,
    ...(nic.privateIpAddresses ?? []).map((address) => address.privateIpAddress),
    ...(nic.ipv6Addresses ?? []).map((address) => address.ipv6Address),
  ]);
  return [...new Set([privateIpAddress, ...found])].filter((address) => address !== undefined);
};

const macsOf = ({ networkInterfaces = [] }: Instance): string[] =>
  [...new Set(networkInterfaces.flatMap(({ macAddress }) => macAddress?.toLowerCase() ?? []))].sort();

/** What names an instance beside its cloud id. Public addresses move on and name nothing. */
export const instanceIdentifiers = (instance: Instance): RawIdentifier[] => [
  ...macsOf(instance)
    .slice(0, 32)
    .map((value) => ({ type: 'mac' as const, value })),
  ...addressesOf(instance)
    .slice(0, 32)
    .map((value) => ({ type: 'ip' as const, value })),
  ...[instance.privateDnsName].flatMap((value) =>
    value !== undefined && isOwnName(value) ? [{ type: 'fqdn' as const, value }] : [],
  ),
];

/**
 * Sections `virtualMachine` and `cloudNetwork`. The inventory of Systems Manager has sections of its own (`os`, `network` ...), because
 * one source may deliver both about one instance.
 */
export const instanceSections = (instance: Instance) => {
  const { cpuOptions, placement, securityGroups = [], state } = instance;
  const cores = cpuOptions?.coreCount;
  const groups = securityGroups.flatMap(({ groupId }) => groupId ?? []).sort();
  const addresses = addressesOf(instance);
  return {
    virtualMachine: facts({
      type: instance.instanceType,
      state: state?.name,
      image: instance.imageId,
      vcpus: cores === undefined ? undefined : cores * (cpuOptions?.threadsPerCore ?? 1),
      architecture: instance.architecture,
      platform: instance.platformDetails ?? instance.platform,
      hypervisor: instance.hypervisor,
      virtualisation: instance.virtualizationType,
      lifecycle: instance.instanceLifecycle,
      tenancy: placement?.tenancy,
    }),
    cloudNetwork: facts({
      ipAddresses: addresses.length === 0 ? undefined : addresses.slice(0, 16),
      primaryMac: instance.networkInterfaces?.[0]?.macAddress?.toLowerCase(),
      privateDnsName: instance.privateDnsName,
      publicDnsName: instance.publicDnsName,
      publicIpAddress: instance.publicIpAddress,
      securityGroups: groups.length === 0 ? undefined : groups.slice(0, 32),
      subnetId: instance.subnetId,
      vpcId: instance.vpcId,
    }),
  };
};
