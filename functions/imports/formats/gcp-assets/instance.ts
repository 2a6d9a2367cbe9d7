import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { textList } from '../cloud/small-facts.ts';
import { facts } from '../glpi-json/facts.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import { isObject, objectsOf } from '../glpi-json/values.ts';
import { lastPart } from './names.ts';

type Data = Record<string, unknown>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const addressesOf = (data: Data): string[] => {
  const nics = objectsOf(data.networkInterfaces);
  const found = nics.flatMap((nic) => [textOf(nic.networkIP), textOf(nic.ipv6Address)]);
  return [...new Set(found.flatMap((address) => address ?? []))].slice(0, 32);
};

/** What names an instance beside its cloud id: private addresses, and the host name that someone gave. */
export const instanceIdentifiers = (data: Data): RawIdentifier[] => [
  ...addressesOf(data).flatMap((address) => identifier('ip', address)),
  ...identifier('fqdn', textOf(data.hostname)),
  ...identifier('hostname', textOf(data.name)),
];

/** Sections `virtualMachine` and `cloudNetwork`. Metadata (startup scripts, keys) is never looked at. */
export const instanceSections = (data: Data) => {
  const nics = objectsOf(data.networkInterfaces);
  const publicAddresses = nics.flatMap((nic) => objectsOf(nic.accessConfigs).map(({ natIP }) => natIP));
  const [scheduling] = objectsOf(data.scheduling);
  const boot = objectsOf(data.disks).find((disk) => disk.boot === true);
  const image = Array.isArray(boot?.licenses) ? lastPart(boot.licenses[0]) : undefined;
  return {
    virtualMachine: facts({
      type: lastPart(data.machineType),
      state: textOf(data.status)?.toLowerCase(),
      image,
      preemptible: typeof scheduling?.preemptible === 'boolean' ? scheduling.preemptible : undefined,
    }),
    cloudNetwork: facts({
      ipAddresses: textList(addressesOf(data)),
      publicIpAddresses: textList(publicAddresses),
      networks: textList(nics.map(({ network }) => lastPart(network))),
      subnetworks: textList(nics.map(({ subnetwork }) => lastPart(subnetwork))),
      networkTags: isObject(data.tags) && Array.isArray(data.tags.items) ? textList(data.tags.items, 32) : undefined,
    }),
  };
};
