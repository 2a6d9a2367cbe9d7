import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import type { HostFacts, HostInterface } from '../host-facts/host-facts.ts';

type Text = string | undefined;

/** What stands on a nameplate, of a system or a chassis. */
export type Nameplate = {
  manufacturer: Text;
  model: Text;
  serial: Text;
  boardSerial: Text;
  assetTag: Text;
  sku: Text;
  partNumber: Text;
};

/** A chassis; `systems` and `id` are paths. `holds`: it is one computer's own case, or an enclosure of several. */
export type ChassisFacts = Nameplate & {
  id: string;
  type: Text;
  name: Text;
  systems: readonly string[];
  holds: 'one' | 'several' | 'none';
  rack: Text;
  rackUnit: number | undefined;
};

/** One machine as its management controller (or Ironic's inspection) tells of it. */
export type Box = Nameplate & {
  name: Text;
  hostname: Text;
  uuid: Text;
  biosVersion: Text;
  isVirtual: boolean;
  memoryMb: number | undefined;
  cpu: HostFacts['cpu'] | undefined;
  interfaces: readonly (HostInterface & { fqdn: Text; speedMbps?: number | undefined })[];
  chassis: ChassisFacts | undefined;
  bmc: { model: Text; firmware: Text; address: Text } | undefined;
  details: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  /** False when only a part of the machine was described. */
  isWhole: boolean;
  /** The enclosure that it sits in. */
  inside: { key: string; identifiers: readonly RawIdentifier[]; name: Text } | undefined;
};
