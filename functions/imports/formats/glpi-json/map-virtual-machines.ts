import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import { canonicalUuid } from '../../../../domain/identity/uuid.ts';
import { isContainerType } from './classify.ts';
import type { Content } from './document.ts';
import { facts } from './facts.ts';
import { identifier, isUsable } from './identifiers.ts';
import { keyPart } from './native-key.ts';
import { relatedRecord } from './related.ts';

type Guest = NonNullable<Content['virtualmachines']>[number];

/**
 * What a host runs. A guest keeps its key when it moves to another host (`vm:<uuid>`); a container belongs to its host and keeps its
 * key when it is made anew under the same name. Power state and the guest's own facts are left to the guest's agent.
 */
export const mapVirtualMachines = (content: Content, main: DiscoveryRecord): DiscoveryRecord[] =>
  (content.virtualmachines ?? []).flatMap((guest) => {
    const container = isContainerType(guest.vmtype) || isContainerType(guest.subsystem);
    const nativeKey = container ? containerKey(guest, main) : machineKey(guest, main);
    if (nativeKey === undefined) return [];
    const { image, name, subsystem, vmtype } = guest;
    const record = {
      nativeKey,
      nature: 'virtual' as const,
      ciClass: container ? ('container-workload' as const) : ('virtual-machine' as const),
      ...(container ? { container } : {}),
      name: name ?? guest.uuid,
      identifiers: container ? [] : guestIdentifiers(guest),
      sections: {
        virtualMachine: facts({ type: vmtype, subsystem, image, vcpus: guest.vcpu, memoryMb: guest.memory }),
      },
    };
    return [relatedRecord(main, record, 'runs on')];
  });

const below = (main: DiscoveryRecord, part: string | undefined): string | undefined =>
  part === undefined ? undefined : `${main.nativeKey}/vm/${keyPart(part)}`;

const containerKey = ({ name, uuid }: Guest, main: DiscoveryRecord) => below(main, name ?? uuid);

const machineKey = ({ name, uuid }: Guest, main: DiscoveryRecord): string | undefined =>
  uuid !== undefined && isUsable({ type: 'uuid', value: uuid })
    ? `vm:${canonicalUuid(uuid)}`
    : below(main, uuid ?? name);

const guestIdentifiers = ({ mac = [], name, serial, uuid }: Guest) => [
  ...identifier('uuid', uuid),
  ...identifier('serial', serial),
  ...mac.flatMap((entry) => entry.split(/[\s,;/]+/)).flatMap((entry) => identifier('mac', entry.toLowerCase())),
  ...(name !== undefined && /^[\w.-]+$/.test(name) ? identifier('hostname', name) : []),
];
