import { cpuOf, numberAt, textAt, textsAt } from '../host-facts/pick.ts';
import type { Box, ChassisFacts } from './box.ts';
import { enclosureOf } from './enclosure.ts';
import { readNameplate } from './nameplate.ts';
import { readChassis } from './read-chassis.ts';
import { readInterface, readParts } from './read-parts.ts';
import { linksAt, type Resource } from './resources.ts';

/** What the resources of one file make: machines, and enclosures of several. `rest`: a controller or its like, which is no machine. */
export type Assembled = { boxes: Box[]; enclosures: ChassisFacts[] };

const virtualTypes = /^(?:virtual|os|virtuallypartitioned)$/i;

const memoryOf = (body: Resource['body']): number | undefined => {
  const gib = numberAt(body, 'MemorySummary.TotalSystemMemoryGiB', 'Memory.TotalSystemMemoryGB');
  return gib === undefined || gib <= 0 ? undefined : Math.round(gib * 1024);
};

const bmcOf = ({ body, id }: Resource, managers: readonly Resource[]): Box['bmc'] => {
  const links = linksAt(body, 'ManagedBy');
  const own = managers.find((one) => links.includes(one.id) || linksAt(one.body, 'ManagerForServers').includes(id));
  if (own === undefined) return undefined;
  return { model: textAt(own.body, 'Model'), firmware: textAt(own.body, 'FirmwareVersion'), address: undefined };
};

const belongs = (chassis: ChassisFacts, { body, id }: Resource): boolean =>
  chassis.systems.includes(id) || linksAt(body, 'Chassis').includes(chassis.id);

/** The machine's own case: of several the one with the machine's serial. */
const caseOf = (
  system: Resource,
  serial: string | undefined,
  all: readonly ChassisFacts[],
): ChassisFacts | undefined => {
  const own = all.filter((one) => one.holds === 'one' && belongs(one, system));
  return own.find((one) => one.serial === serial) ?? own[0];
};

const boxOf = (system: Resource, resources: readonly Resource[], all: readonly ChassisFacts[]): Box => {
  const { body, id } = system;
  const below = resources.filter((one) => one.id.startsWith(`${id}/`));
  const told = below.flatMap((one) => (one.kind === 'EthernetInterface' ? (readInterface(one) ?? []) : []));
  const macs = new Set(told.map(({ mac }) => mac));
  const correlated = textsAt(body, 'HostCorrelation.HostMACAddress').filter((mac) => !macs.has(mac.toLowerCase()));
  const nameplate = readNameplate(body);
  const around = all.find((one) => one.holds === 'several' && belongs(one, system));
  const inside = around === undefined ? undefined : enclosureOf(around);
  return {
    ...nameplate,
    name: textAt(body, 'Name'),
    hostname: textAt(body, 'HostName', 'HostCorrelation.HostName'),
    uuid: textAt(body, 'UUID'),
    biosVersion: textAt(body, 'BiosVersion', 'Bios.Current.VersionString'),
    isVirtual: virtualTypes.test(textAt(body, 'SystemType') ?? ''),
    memoryMb: memoryOf(body),
    cpu: cpuOf(
      textAt(body, 'ProcessorSummary.Model', 'Processors.ProcessorFamily'),
      numberAt(body, 'ProcessorSummary.Count', 'Processors.Count'),
      numberAt(body, 'ProcessorSummary.CoreCount'),
    ),
    interfaces: [...told, ...correlated.map((mac) => ({ name: mac, mac, addresses: [], fqdn: undefined }))],
    chassis: caseOf(system, nameplate.serial, all),
    bmc: bmcOf(
      system,
      resources.filter(({ kind }) => kind === 'Manager'),
    ),
    details: readParts(below),
    isWhole: true,
    inside,
  };
};

const bare = {
  ...{ hostname: undefined, uuid: undefined, biosVersion: undefined, isVirtual: false, memoryMb: undefined },
  ...{ cpu: undefined, bmc: undefined, details: {}, isWhole: false, inside: undefined, interfaces: [] },
} as const;
const unnamed = {
  ...{ manufacturer: undefined, model: undefined, serial: undefined, boardSerial: undefined },
  ...{ assetTag: undefined, sku: undefined, partNumber: undefined, chassis: undefined },
} as const;

/**
 * Puts together what belongs to one machine, by links and paths. A path that two systems share (files of several services) joins
 * nothing. A case without its system, and an interface of a machine without it, stand for a part of the machine.
 */
export const assemble = (resources: readonly Resource[]): Assembled => {
  const systems = resources.filter(({ kind }) => kind === 'ComputerSystem');
  const twice = new Set(systems.map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at));
  const all = resources.filter(({ kind }) => kind === 'Chassis').map(readChassis);
  const boxes = systems.map((one) => (twice.has(one.id) ? boxOf(one, [], []) : boxOf(one, resources, all)));
  const used = new Set(boxes.map(({ chassis }) => chassis));
  const joined = (id: string): boolean =>
    systems.some((system) => !twice.has(system.id) && id.startsWith(`${system.id}/`));
  const cases = all.filter(
    (one) => one.holds === 'one' && !used.has(one) && !systems.some((system) => belongs(one, system)),
  );
  const loose = resources.filter(
    ({ kind, id }) => kind === 'EthernetInterface' && /\/systems\//.test(id) && !joined(id),
  );
  return {
    boxes: [
      ...boxes,
      ...cases.map((chassis): Box => ({ ...bare, ...chassis, name: undefined, chassis })),
      ...loose.flatMap((one): Box[] => {
        const found = readInterface(one);
        const hostname = textAt(one.body, 'HostName');
        return found?.mac === undefined ? [] : [{ ...bare, ...unnamed, name: hostname, hostname, interfaces: [found] }];
      }),
    ],
    enclosures: all.filter(({ holds }) => holds === 'several'),
  };
};
