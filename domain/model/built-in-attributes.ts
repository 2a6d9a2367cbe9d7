import type { CiClassName } from '../ci/ci-classes.ts';
import type { AttributeDefinition } from './attribute-definition.ts';

type Attributes = Readonly<Record<string, AttributeDefinition>>;

const text = { type: 'text' } as const;
const whole = { type: 'integer', min: 0 } as const;
const megabytes = { type: 'number', min: 0, unit: 'MB' } as const;
const gigabytes = { type: 'number', min: 0, unit: 'GB' } as const;
const addresses = { type: 'ip', many: true } as const;
const texts = { type: 'text', many: true } as const;

const texty = (...names: string[]): Attributes => Object.fromEntries(names.map((name) => [name, text]));

/** What every CI may have. Who answers for it (owner, support group), environment and criticality are facts of their own. */
export const commonAttributes: Attributes = {
  documentation: { type: 'url', description: 'Where it is described' },
  notes: { type: 'text', max: 1000 },
  'tags.*': { type: 'text', description: 'Tags by key' },
  'labels.*': { type: 'text', description: 'Labels by key' },
};

const network: Attributes = {
  'network.ipAddresses': addresses,
  'network.primaryMac': { type: 'mac' },
  'network.defaultGateway': { type: 'ip' },
};

const machine: Attributes = {
  ...network,
  ...texty(
    'os.name',
    'os.version',
    'os.osName',
    'os.osVersion',
    'os.osArch',
    'os.osBuild',
    'os.osFamily',
    'os.edition',
  ),
  ...texty('os.kernelVersion', 'cpu.name', 'hardware.chassisType', 'hardware.domain', 'bios.biosVersion'),
  'cpu.cores': whole,
  'cpu.sockets': whole,
  'cpu.threads': whole,
  'hardware.memoryMb': megabytes,
  'hardware.storageMb': megabytes,
};

const cloud: Attributes = {
  ...texty('cloud.account', 'cloud.arn', 'cloud.provider', 'cloud.region', 'cloud.zone', 'cloud.project'),
  ...texty(
    'cloud.resourceGroup',
    'cloud.resourceId',
    'cloud.resourceType',
    'cloud.location',
    'cloud.sku',
    'cloud.tier',
  ),
  'declaredTags.*': text,
};

const service: Attributes = {
  serviceHours: { type: 'text', description: 'When it is served', max: 200 },
  'catalog.lifecycle': text,
  recoveryTime: { type: 'number', min: 0, unit: 'h', description: 'How long it may be down (RTO)' },
  recoveryPoint: { type: 'number', min: 0, unit: 'h', description: 'How much work may be lost (RPO)' },
};

/**
 * The typed attributes of the built-in classes, beside those of `commonAttributes` and of the classes they extend, named as sources
 * name them. They bind people only: what a source says of a thing is kept whatever it is.
 */
export const builtInAttributes: Readonly<Record<CiClassName, Attributes>> = {
  device: {
    ...network,
    ...texty(
      'bios.manufacturer',
      'bios.model',
      'bios.modelNumber',
      'bios.serial',
      'bios.firmware',
      'bios.assetTag',
      'bios.sku',
    ),
    ...texty('hardware.location', 'site', 'building', 'room', 'rack', 'placement.site', 'placement.role'),
    rackUnit: { type: 'integer', min: 0, max: 100, unit: 'U' },
  },
  computer: { ...machine, 'mdm.encrypted': { type: 'boolean' }, 'mdm.managed': { type: 'boolean' } },
  server: {
    ...texty('chassis.chassisModel', 'chassis.chassisSerial', 'chassis.rack', 'bmc.firmware', 'bmc.model'),
    'chassis.rackUnit': { type: 'integer', min: 0, max: 100, unit: 'U' },
    'network.managementAddress': { type: 'ip' },
  },
  'network-device': { 'hardware.memoryMb': megabytes, ports: whole, 'network.managementAddress': { type: 'ip' } },
  printer: { colour: { type: 'boolean' }, paper: text },
  mobile: { ...machine, 'mdm.encrypted': { type: 'boolean' }, phoneNumber: text, carrier: text },
  peripheral: { connector: text },
  storage: { capacityGb: gigabytes, raidLevel: text },
  power: {
    ratedPower: { type: 'number', min: 0, unit: 'W' },
    batteryChangedOn: { type: 'date', description: 'When its battery was last changed' },
  },
  unmanaged: texty('scan.osGuess', 'scan.deviceType'),
  'virtual-machine': { ...machine, ...cloud, ...texty('virtualMachine.hypervisor', 'virtualMachine.image') },
  'container-workload': {
    ...texty(
      'workload.kind',
      'workload.namespace',
      'workload.serviceAccount',
      'workload.schedule',
      'workload.strategy',
    ),
    'workload.images': texts,
    'workload.replicas': whole,
  },
  'cloud-resource': { ...cloud, 'resource.kind': text, 'resource.state': text, 'resource.version': text },
  network: { ...cloud, 'resource.cidrBlock': text, vlan: { type: 'integer', min: 1, max: 4094 } },
  database: {
    ...cloud,
    ...texty('database.manufacturer', 'database.type', 'database.version', 'resource.collation'),
    'database.port': { type: 'integer', min: 1, max: 65_535 },
    sizeGb: gigabytes,
  },
  application: {
    ...texty('application.version', 'application.group', 'catalog.repository', 'catalog.lifecycle', 'catalog.type'),
    url: { type: 'url' },
    'catalog.tags': texts,
  },
  'technical-service': service,
  'business-service': service,
};
