import type { DiscoveryRecord } from '../../../../domain/discovery/record.ts';
import type { GlpiDocument } from './document.ts';

/** What the described thing is. `container`: it shares its host's kernel and reports its host's serial and UUID. */
export type Kind = Pick<DiscoveryRecord, 'nature' | 'assetKind'> & {
  ciClass: NonNullable<DiscoveryRecord['ciClass']>;
  container: boolean;
};

const containerTypes = /lxc|lxd|docker|podman|openvz|virtuozzo|nspawn|wsl|zone\b|jail|vserver|container/i;
const noHypervisor = /^(?:physical|none|no|n\/a|unknown|-|0)$/i;
const guestModels =
  /virtualbox|vmware|virtual platform|virtual machine|\bkvm\b|\bqemu\b|bochs|hvm domu|parallels virtual|amazon ec2|google compute|openstack|standard pc|alibaba cloud/i;
const serverChassis = /server|rack|blade/i;
const serverSystems = /\bserver\b|\besxi?\b|hypervisor|proxmox|xenserver|xcp-ng/i;

/** Whether a `vmsystem` or `vmtype` names a container technology rather than a hypervisor. */
export const isContainerType = (name: string | undefined): boolean => containerTypes.test(name ?? '');

/** The classes of SNMP devices, by the first letters of `network_device.type`. Whatever else it says is network gear. */
const deviceClasses = [
  [/^computer/i, 'computer'],
  [/^print/i, 'printer'],
  [/^phone|^mobile/i, 'mobile'],
  [/^storage/i, 'storage'],
  [/^power/i, 'power'],
  [/^video|^kvm/i, 'peripheral'],
] as const;

const physical = (ciClass: Kind['ciClass']): Kind => ({
  ciClass,
  nature: 'physical',
  container: false,
  assetKind: 'hardware',
});

const unmanaged: Kind = { ciClass: 'unmanaged', nature: 'unknown', container: false, assetKind: undefined };

const classifyDevice = (type: string | undefined): Kind =>
  physical(deviceClasses.find(([pattern]) => pattern.test(type ?? ''))?.[1] ?? 'network-device');

const classifyComputer = ({ content }: GlpiDocument): Kind => {
  const { bios, hardware, operatingsystem: os } = content;
  const hypervisor = hardware?.vmsystem ?? '';
  const board = `${bios?.smanufacturer ?? ''} ${bios?.smodel ?? ''}`;
  if ((hypervisor !== '' && !noHypervisor.test(hypervisor)) || guestModels.test(board)) {
    const container = isContainerType(hypervisor);
    return { ciClass: 'virtual-machine', nature: 'virtual', container, assetKind: undefined };
  }
  const system = `${os?.full_name ?? os?.name ?? hardware?.osname ?? ''}`;
  const server = serverChassis.test(hardware?.chassis_type ?? '') || serverSystems.test(system);
  return physical(server ? 'server' : 'computer');
};

/**
 * Class and nature of the main record. An item type that is absent or unknown is read from what the content holds:
 * older agents write none for computers. Rule: discovery-formats.md sections 1 and 27.
 */
export const classify = (document: GlpiDocument): Kind => {
  const { bios, hardware, network_device: device } = document.content;
  const itemtype = document.itemtype?.toLowerCase() ?? '';
  if (itemtype === 'computer') return classifyComputer(document);
  if (itemtype === 'phone') return physical('mobile');
  if (itemtype === 'printer') return physical('printer');
  if (itemtype === 'unmanaged') return unmanaged;
  if (itemtype === 'networkequipment') {
    const kind = classifyDevice(device?.type);
    return kind.ciClass === 'storage' || kind.ciClass === 'power' ? kind : physical('network-device');
  }
  if (hardware !== undefined || bios !== undefined) return classifyComputer(document);
  return device === undefined ? unmanaged : classifyDevice(device.type);
};
