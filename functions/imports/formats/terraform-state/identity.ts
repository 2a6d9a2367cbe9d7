import type { DiscoveryRecord, RawIdentifier } from '../../../../domain/discovery/record.ts';
import { classifyAws } from '../aws/resource.ts';
import { classifyAzure } from '../azure-resources/classify.ts';
import { azureCloudId, partsOf, resourceIdOf } from '../azure-resources/resource-id.ts';
import { classifyGcp } from '../gcp-assets/classify.ts';
import { gcpCloudId } from '../gcp-assets/names.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import { type AwsPlaces, awsIdOf, awsTypeOf } from './aws-identity.ts';
import { googleNameOf } from './google-identity.ts';
import type { StateInstance } from './instance.ts';

type Kind = Pick<DiscoveryRecord, 'nature'> & Required<Pick<DiscoveryRecord, 'ciClass'>>;

const virtual: Kind = { ciClass: 'virtual-machine', nature: 'virtual' };

/** Machines of other providers; the cloud id is that of their provider's nodes in Kubernetes, where there is one. */
const machines: Readonly<Record<string, string | undefined>> = {
  alicloud_instance: 'alicloud',
  digitalocean_droplet: 'digitalocean',
  exoscale_compute_instance: 'exoscale',
  hcloud_server: 'hcloud',
  ibm_is_instance: 'ibm',
  libvirt_domain: undefined,
  linode_instance: 'linode',
  oci_core_instance: 'oci',
  openstack_compute_instance_v2: 'openstack',
  proxmox_vm_qemu: undefined,
  scaleway_instance_server: 'scaleway',
  vsphere_virtual_machine: undefined,
  vultr_instance: 'vultr',
};
/** Types that Cloud Asset Inventory calls otherwise than Terraform. */
const googleTypes: Readonly<Record<string, string>> = {
  google_bigtable_instance: 'bigtable.googleapis.com/Instance',
  google_bigtable_table: 'bigtable.googleapis.com/Table',
  google_compute_ha_vpn_gateway: 'compute.googleapis.com/VpnGateway',
  google_redis_instance: 'redis.googleapis.com/Instance',
  google_spanner_database: 'spanner.googleapis.com/Database',
  google_spanner_instance: 'spanner.googleapis.com/Instance',
  google_sql_database_instance: 'sqladmin.googleapis.com/Instance',
};

/** `google_compute_vpn_tunnel` is `compute.googleapis.com/VpnTunnel`. */
const googleTypeOf = (type: string): string => {
  if (Object.hasOwn(googleTypes, type)) return googleTypes[type] ?? '';
  const words = /^google_compute_(\w+)$/.exec(type)?.[1]?.split('_') ?? [];
  return `compute.googleapis.com/${words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}`;
};

const workloads = /^kubernetes_(?:deployment|stateful_?set|daemon_?set|daemonset|cron_job|job)(?:_v\d)?$/;
const azureMachines = /^azurerm_(?:linux_|windows_)?virtual_machine$/;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Class and nature, the same as the format of the provider's own inventory gives, so that declared and discovered are one CI. */
export const classifyInstance = ({ attributes, type }: StateInstance): Kind => {
  if (Object.hasOwn(machines, type) || azureMachines.test(type)) return virtual;
  if (workloads.test(type)) return { ciClass: 'container-workload', nature: 'logical' };
  const azure = type.startsWith('azurerm_') || type.startsWith('azapi_') ? resourceIdOf(attributes.id) : undefined;
  if (azure !== undefined) return classifyAzure(partsOf(azure).type);
  if (type.startsWith('google_')) return classifyGcp(googleTypeOf(type));
  return classifyAws(awsTypeOf(type) ?? '');
};

/** Grants, locks and links between two resources have the id of one of them, or one below it. */
const aboutOthers = /_(?:association|attachment|assignment|lock)$/;

const cloudIdOf = (instance: StateInstance, places: AwsPlaces): string | undefined => {
  const { attributes, type } = instance;
  if (type.startsWith('aws_')) return awsIdOf(instance, places);
  if (type.startsWith('azurerm_') || type.startsWith('azapi_')) {
    const id = aboutOthers.test(type) ? undefined : resourceIdOf(attributes.id);
    return id === undefined ? undefined : azureCloudId(id);
  }
  if (type.startsWith('google_')) {
    const name = googleNameOf(instance);
    return name === undefined ? undefined : gcpCloudId(name);
  }
  const provider = Object.hasOwn(machines, type) ? machines[type] : undefined;
  const id = textOf(attributes.id)?.split('/').at(-1);
  return provider === undefined || id === undefined ? undefined : `${provider}:${id}`.toLowerCase();
};

/** What names a declared resource: the cloud id, the uid of a Kubernetes object, the UUID that a virtual machine shows its guest. */
export const identifiersOf = (instance: StateInstance, places: AwsPlaces): RawIdentifier[] => {
  const { attributes, type } = instance;
  const uuid = azureMachines.test(type)
    ? attributes.virtual_machine_id
    : type === 'vsphere_virtual_machine'
      ? attributes.uuid
      : undefined;
  return [
    ...identifier('cloudId', cloudIdOf(instance, places)),
    ...identifier('k8sUid', textOf(attributes.k8s_uid)),
    ...identifier('uuid', textOf(uuid)),
  ];
};
