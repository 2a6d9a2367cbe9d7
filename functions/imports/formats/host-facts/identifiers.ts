import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { awsCloudId, instanceType } from '../aws/resource.ts';
import type { Kind } from '../glpi-json/classify.ts';
import { identifier, isUsable } from '../glpi-json/identifiers.ts';
import type { HostFacts } from './host-facts.ts';
import { networkOf } from './network.ts';

/** They share the network of what they run in, or get another MAC with every start. */
const withoutOwnMac = /docker|podman|containerd?$|crio|kubepods|wsl/i;
const instanceId = /^i-[\da-f]{8,17}$/i;

const isNamed = (name: string | undefined): name is string =>
  name !== undefined && isUsable({ type: 'hostname', value: name });

/** The first domain name whose host part names something: `localhost`, `unknown`, `foo` and `fdi` stand for any host. */
export const fqdnOf = ({ fqdns }: HostFacts): string | undefined =>
  fqdns
    .map((name) => name?.trim().toLowerCase().replace(/\.$/, ''))
    .find((name) => isNamed(name?.split('.')[0]) && isUsable({ type: 'fqdn', value: name ?? '' }));

/** The name by which the host is called, without its domain where the tool tells both. */
export const hostNameOf = ({ hostname, fqdns }: HostFacts): string | undefined =>
  [hostname, ...fqdns.map((name) => name?.split('.')[0])].find(isNamed);

const cloudIdOf = ({ cloudIds }: HostFacts): string | undefined => {
  const id = cloudIds.find((one) => one !== undefined && instanceId.test(one));
  return id === undefined ? undefined : awsCloudId({ account: undefined, region: undefined, type: instanceType, id });
};

/**
 * All identifiers, as written. The asset tag of a virtual machine is a constant of its hypervisor and left out; an application container
 * shows the network and the cloud of its host.
 */
export const identifiersOf = (host: HostFacts, kind: Kind): RawIdentifier[] => {
  const { macs, addresses } = networkOf(host);
  const borrowed = kind.container && withoutOwnMac.test(host.technology ?? '');
  return [
    ...identifier('cloudId', kind.container ? undefined : cloudIdOf(host)),
    ...identifier('serial', host.serial, host.vendor),
    ...identifier('uuid', host.uuid),
    ...identifier('assetTag', kind.nature === 'virtual' ? undefined : host.assetTag),
    ...identifier('boardSerial', host.boardSerial, host.boardVendor ?? host.vendor),
    ...identifier('chassisSerial', host.chassisSerial, host.vendor),
    ...identifier('machineId', host.machineId),
    ...host.hostKeys.flatMap((key) => identifier('sshHostKey', key)),
    ...(borrowed ? [] : macs).slice(0, 64).flatMap((mac) => identifier('mac', mac)),
    ...addresses.slice(0, 64).flatMap((address) => identifier('ip', address)),
    ...identifier('fqdn', fqdnOf(host)),
    ...identifier('hostname', hostNameOf(host) ?? host.hostname),
  ];
};
