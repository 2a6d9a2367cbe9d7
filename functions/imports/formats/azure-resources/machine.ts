import * as z from 'zod';
import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { facts } from '../glpi-json/facts.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import { number, one, text } from '../glpi-json/values.ts';

const image = one(z.object({ publisher: text, offer: text, sku: text }));
const view = one(z.object({ powerState: one(z.object({ displayStatus: text })) }));

const Machine = z.object({
  computerName: text,
  dnsFqdn: text,
  machineFqdn: text,
  extended: one(z.object({ instanceView: view })),
  hardwareProfile: one(z.object({ vmSize: text })),
  detectedProperties: one(z.object({ manufacturer: text, model: text, serialNumber: text })),
  licenseType: text,
  macAddresses: text,
  osName: text,
  osProfile: one(z.object({ computerName: text })),
  osSku: text,
  osType: text,
  osVersion: text,
  powerState: text,
  priority: text,
  privateIps: text,
  smbiosUuid: text,
  storageProfile: one(z.object({ imageReference: image, osDisk: one(z.object({ osType: text, diskSizeGB: number })) })),
  vmId: text,
  vmUuid: text,
});
export type Machine = z.infer<typeof Machine>;

/** Reads what describes a virtual machine, or a server that Azure Arc looks after. */
export const readMachine = (properties: unknown): Machine => Machine.parse(properties ?? {});

/** What `az vm list --show-details` joins by commas. */
const listed = (joined: string | undefined): string[] =>
  (joined ?? '').split(/[\s,;]+/).filter((entry) => entry !== '');

/**
 * What names a machine beside its cloud id. `vmId` is the SMBIOS UUID, in another byte order than the guest may see it; of a server
 * under Arc the vmId is the agent's own and says nothing of the machine. The computer's name often differs from the resource's.
 */
export const machineIdentifiers = (machine: Machine, isArc: boolean): RawIdentifier[] => {
  const { detectedProperties: detected, osProfile } = machine;
  const fqdn = [machine.machineFqdn, machine.dnsFqdn].find((name) => name?.includes('.'));
  return [
    ...identifier('serial', detected?.serialNumber, detected?.manufacturer),
    ...identifier('uuid', isArc ? machine.vmUuid : (machine.vmId ?? machine.smbiosUuid)),
    ...listed(machine.macAddresses).flatMap((mac) => identifier('mac', mac.toLowerCase())),
    ...listed(machine.privateIps).flatMap((address) => identifier('ip', address)),
    ...identifier('fqdn', fqdn),
    ...identifier('hostname', osProfile?.computerName ?? machine.computerName),
  ];
};

/** Sections `virtualMachine` (`device` for a server under Arc) and `os`. Users, keys, passwords and custom data are never looked at. */
export const machineSections = (machine: Machine, isArc: boolean) => {
  const { detectedProperties: detected, storageProfile: storage } = machine;
  const source = storage?.imageReference;
  const named = [source?.publisher, source?.offer, source?.sku].filter((part) => part !== undefined).join(':');
  const state = machine.extended?.instanceView?.powerState?.displayStatus ?? machine.powerState;
  const os = facts({
    type: storage?.osDisk?.osType ?? machine.osType,
    name: machine.osName,
    edition: machine.osSku,
    version: machine.osVersion,
  });
  if (isArc) return { device: facts({ manufacturer: detected?.manufacturer, model: detected?.model }), os };
  return {
    virtualMachine: facts({
      type: machine.hardwareProfile?.vmSize,
      state: state?.replace(/^VM /, '').toLowerCase(),
      image: named === '' ? undefined : named,
      computerName: machine.osProfile?.computerName,
      osDiskGB: storage?.osDisk?.diskSizeGB,
      licence: machine.licenseType,
      priority: machine.priority,
    }),
    os,
  };
};
