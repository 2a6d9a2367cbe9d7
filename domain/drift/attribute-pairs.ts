import type { Meaning } from './same-value.ts';

/** One attribute as both sides name it: `<section>.<key>`; of several names the first that is said counts. */
export type AttributePair = {
  attribute: string;
  declared: readonly string[];
  discovered: readonly string[];
  meaning: Meaning;
};

/**
 * What declaring tools (Terraform's resource arguments) and discovering tools (the clouds' own descriptions) call the same. Only what is
 * listed here is compared: an attribute that one side alone knows is no drift. Adding a pair touches this file only.
 */
export const attributePairs: readonly AttributePair[] = [
  {
    attribute: 'instanceType',
    declared: ['declared.instance_type', 'declared.machine_type', 'declared.vm_size'],
    discovered: ['virtualMachine.type'],
    meaning: 'part',
  },
  { attribute: 'instanceType', declared: ['declared.size'], discovered: ['virtualMachine.type'], meaning: 'id' },
  { attribute: 'image', declared: ['declared.ami'], discovered: ['virtualMachine.image'], meaning: 'id' },
  {
    attribute: 'privateIp',
    declared: ['declared.private_ip', 'declared.private_ip_address'],
    discovered: ['cloudNetwork.ipAddresses', 'resource.privateIpAddress'],
    meaning: 'address',
  },
  {
    attribute: 'subnet',
    declared: ['declared.subnet_id'],
    discovered: ['cloudNetwork.subnetId', 'resource.subnetId'],
    meaning: 'part',
  },
  {
    attribute: 'vpc',
    declared: ['declared.vpc_id'],
    discovered: ['cloudNetwork.vpcId', 'resource.vpcId'],
    meaning: 'id',
  },
  {
    attribute: 'zone',
    declared: ['declared.availability_zone', 'declared.zone'],
    discovered: ['cloud.zone'],
    meaning: 'part',
  },
  {
    attribute: 'region',
    declared: ['declared.region', 'declared.location'],
    discovered: ['cloud.region'],
    meaning: 'place',
  },
  { attribute: 'engine', declared: ['declared.engine'], discovered: ['resource.engine'], meaning: 'id' },
  {
    attribute: 'engineVersion',
    declared: ['declared.engine_version'],
    discovered: ['resource.engineVersion'],
    meaning: 'version',
  },
  {
    attribute: 'instanceClass',
    declared: ['declared.instance_class'],
    discovered: ['resource.dBInstanceClass'],
    meaning: 'id',
  },
  { attribute: 'nodeType', declared: ['declared.node_type'], discovered: ['resource.nodeType'], meaning: 'id' },
  {
    attribute: 'storageType',
    declared: ['declared.storage_type'],
    discovered: ['resource.storageType'],
    meaning: 'id',
  },
  {
    attribute: 'volumeType',
    declared: ['declared.volume_type', 'declared.resourceKind'],
    discovered: ['resource.volumeType'],
    meaning: 'id',
  },
  {
    attribute: 'size',
    declared: ['declared.size'],
    discovered: ['resource.size', 'resource.diskSizeGB', 'resource.sizeGb'],
    meaning: 'size',
  },
  { attribute: 'runtime', declared: ['declared.runtime'], discovered: ['resource.runtime'], meaning: 'id' },
  { attribute: 'cidrBlock', declared: ['declared.cidr_block'], discovered: ['resource.cidrBlock'], meaning: 'id' },
];

/** Sections in which both sides name an attribute alike, where somebody declares in the words of discovery. */
export const sharedSections: readonly string[] = ['virtualMachine', 'cloudNetwork', 'resource', 'cloud'];

/** Where tags stand; the names of tags are the same on both sides, but for their case. */
export const tagSections = { declared: ['declaredTags', 'tags'], discovered: ['tags'] } as const;
/** Formats keep this many tags of a thing: of a fuller list it is not known what is missing in it. */
export const mostTags = 20;

/** What is never compared, and so never shown in a finding: names of secrets, and values that look like one. */
const secretName = /passw|secret|token|credential|api[-_ ]?key|private[-_ ]?key|access[-_ ]?key/i;
const secretValue = /-----BEGIN|:\/\/[^/\s:@]*:[^/\s@]+@|\bAKIA[0-9A-Z]{16}\b/;

export const isSecret = (name: string, ...values: unknown[]): boolean =>
  secretName.test(name) || values.some((value) => secretValue.test(String(value)));
