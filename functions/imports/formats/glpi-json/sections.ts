import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import type { Kind } from './classify.ts';
import type { Content, GlpiDocument } from './document.ts';
import { facts, sectionsFrom } from './facts.ts';
import { deviceSerial, isUsable, nameplateOf } from './identifiers.ts';
import { addressesOf, macsOf, ownAddresses } from './interfaces.ts';

const shownAddresses = 8;

const usable = (type: 'serial' | 'assetTag', value: string | undefined): string | undefined =>
  value !== undefined && isUsable({ type, value }) ? value : undefined;

const biosFacts = (document: GlpiDocument) => {
  const { bios, network_device: device, firmwares } = document.content;
  const { manufacturer, serial } = nameplateOf(document);
  const seen = bios !== undefined || device !== undefined || deviceSerial(document) !== undefined;
  if (!seen) return {};
  return facts({
    manufacturer,
    model: bios?.smodel ?? device?.model ?? bios?.mmodel,
    serial: usable('serial', serial),
    assetTag: usable('assetTag', bios?.assettag),
    sku: bios?.skunumber,
    biosVersion: bios?.bversion,
    firmware: device?.firmware ?? (device === undefined ? undefined : firmwares?.[0]?.version),
  });
};

const hardwareFacts = ({ hardware, network_device: device }: Content) =>
  facts({
    chassisType: hardware?.chassis_type,
    memoryMb: hardware?.memory ?? device?.ram,
    virtualisation: /^physical$/i.test(hardware?.vmsystem ?? '') ? undefined : hardware?.vmsystem,
    domain: hardware?.workgroup,
    location: device?.location,
  });

/** Apart from `hardware`, because partial files carry `hardware` without processors. */
const cpuFacts = ({ cpus = [] }: Content) => {
  const [first] = cpus;
  if (first === undefined) return {};
  const cores = cpus.reduce((sum, cpu) => sum + (cpu.core ?? 0), 0);
  return facts({
    name: first.name,
    sockets: cpus.length,
    cores: cores === 0 ? undefined : cores,
  });
};

const osFacts = ({ operatingsystem: os, hardware }: Content) =>
  facts({
    osName: os?.full_name ?? os?.name ?? hardware?.osname,
    osVersion: os?.version ?? hardware?.osversion,
    osArch: os?.arch,
    kernelVersion: os?.kernel_version,
    servicePack: os?.service_pack,
  });

const networkFacts = ({ networks, network_device: device, hardware }: Content) => {
  if (networks === undefined && device === undefined) return {};
  const addresses = [
    ...addressesOf(networks ?? []),
    ...ownAddresses([...(device?.ips ?? []), ...(device?.ip ? [device.ip] : [])]),
  ];
  return facts({
    ipAddresses: addresses.length === 0 ? undefined : addresses.slice(0, shownAddresses),
    primaryMac: device?.mac?.toLowerCase() ?? macsOf(networks ?? [])[0],
    defaultGateway: hardware?.defaultgateway,
  });
};

/** The agent's id is left out, it changes with every installation; on an SNMP device the version is the prober's. */
const agentFacts = (document: GlpiDocument) =>
  facts({
    version: document.content.network_device === undefined ? document.content.versionclient : undefined,
    tag: document.tag,
  });

/**
 * The facts shown from the table, by section. `bios` is the nameplate of any kind of device (manufacturer, model, serial).
 * Uptime, load, free space, the last user and whatever else changes by itself is left out, so that an unchanged device stays unchanged.
 */
export const sectionsOf = (document: GlpiDocument, kind: Kind): DiscoveryRecord['sections'] =>
  sectionsFrom({
    bios: biosFacts(document),
    hardware: hardwareFacts(document.content),
    cpu: cpuFacts(document.content),
    os: osFacts(document.content),
    network: networkFacts(document.content),
    agent: kind.ciClass === 'unmanaged' ? {} : agentFacts(document),
  });
