import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { canonicalMac } from '../../../../domain/identity/mac.ts';
import { facts, sectionsFrom } from '../glpi-json/facts.ts';
import { type Contents, type Row, textOf, wordsOf } from './contents.ts';

/** A list under a section of its own: the fields that are kept, by the name they get. What changes by itself is not among them. */
type List = Readonly<Record<string, readonly string[]>>;

const software: List = {
  name: ['name'],
  version: ['version'],
  release: ['release'],
  epoch: ['epoch'],
  publisher: ['publisher'],
  arch: ['architecture'],
  type: ['applicationtype'],
  install_date: ['installedtime'],
  packageId: ['packageid'],
};

const lists: Readonly<Record<string, { section: string; fields: List }>> = {
  application: { section: 'software', fields: software },
  awscomponent: { section: 'awsComponents', fields: software },
  windowsupdate: {
    section: 'updates',
    fields: {
      id: ['hotfixid'],
      description: ['description'],
      installedBy: ['installedby'],
      install_date: ['installedtime'],
    },
  },
  service: {
    section: 'services',
    fields: { name: ['name'], displayName: ['displayname'], type: ['servicetype'], start: ['starttype'] },
  },
  windowsrole: {
    section: 'roles',
    fields: {
      name: ['name'],
      displayName: ['displayname'],
      featureType: ['featuretype'],
      path: ['path'],
      installed: ['installed'],
    },
  },
  network: {
    section: 'interfaces',
    fields: {
      name: ['name'],
      mac: ['macaddress'],
      ipv4: ['ipv4'],
      ipv6: ['ipv6'],
      subnetMask: ['subnetmask'],
      gateway: ['gateway'],
    },
  },
};

const pick = (row: Row, fields: List): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, keys]) => {
      const text = textOf(row, ...keys);
      if (text === undefined) return [];
      return [[name, name === 'mac' ? (canonicalMac(text) ?? text) : text.slice(0, 300)]];
    }),
  );

/** The bulky lists that the contents carry, in an order that does not depend on the file's, each row once. */
export const nodeDetails = (contents: Contents): NonNullable<DiscoveryRecord['details']> =>
  Object.fromEntries(
    Object.entries(lists).flatMap(([type, { section, fields }]) => {
      const rows = contents[type]?.map((row) => pick(row, fields));
      if (rows === undefined) return [];
      const keyed = new Map(rows.map((row) => [JSON.stringify(row), row]));
      return [[section, [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)]];
    }),
  );

const hostSide = /^(?:lo\d*$|loopback|docker|br-|virbr|veth|cni|flannel|cali|vethernet|tun|tap)/i;

/** The interfaces of the node itself: not loopback and not what containers are plugged into. */
export const ownInterfaces = ({ network = [] }: Contents): readonly Row[] =>
  network.filter((row) => !hostSide.test(textOf(row, 'name') ?? ''));

const numberOf = (row: Row | undefined, key: string): number | undefined => {
  const text = textOf(row, key);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};

/**
 * Sections `os` and `agent` (InstanceInformation), `cpu` and `kernel` (InstanceDetailedInformation), `network`. Each inventory type fills
 * sections of its own, because they arrive in objects of their own.
 */
export const nodeSections = (contents: Contents): DiscoveryRecord['sections'] => {
  const information = contents.instanceinformation?.[0];
  const detailed = contents.instancedetailedinformation?.[0];
  const nics = ownInterfaces(contents);
  const addresses = [...new Set(nics.flatMap((row) => [...wordsOf(row, 'ipv4'), ...wordsOf(row, 'ipv6')]))];
  return sectionsFrom({
    os: facts({
      osName: textOf(information, 'platformname'),
      osVersion: textOf(information, 'platformversion'),
      osFamily: textOf(information, 'platformtype'),
    }),
    agent: facts({
      name: textOf(information, 'agenttype'),
      version: textOf(information, 'agentversion'),
      computerName: textOf(information, 'computername'),
      ipAddress: textOf(information, 'ipaddress'),
    }),
    cpu: facts({
      name: textOf(detailed, 'cpumodel'),
      sockets: numberOf(detailed, 'cpusockets'),
      cores: numberOf(detailed, 'cpucores'),
      threads: numberOf(detailed, 'cpus'),
    }),
    kernel: facts({
      kernelVersion: textOf(detailed, 'kernelversion'),
      servicePack: textOf(detailed, 'osservicepack'),
    }),
    network: facts({
      ipAddresses: addresses.length === 0 ? undefined : addresses.slice(0, 16),
      primaryMac: nics.map((row) => canonicalMac(textOf(row, 'macaddress') ?? '')).find((mac) => mac !== undefined),
      defaultGateway: nics.map((row) => textOf(row, 'gateway')).find((gateway) => gateway !== undefined),
    }),
  });
};
