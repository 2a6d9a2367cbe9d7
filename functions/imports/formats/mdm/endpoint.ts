import { cpuOf, listAt, textAt } from '../host-facts/pick.ts';
import { type Dialect, type ManagedDevice, noPurchase } from './device.ts';

/** What every tool of this kind leaves untold: who owns a device and how it was bought. */
const noneOfThat: Pick<
  ManagedDevice,
  | 'udid'
  | 'imeis'
  | 'assetTag'
  | 'memoryMb'
  | 'storageMb'
  | 'cpu'
  | 'software'
  | 'purchase'
  | 'ownership'
  | 'modelNumber'
> = {
  ...{ udid: undefined, imeis: [], assetTag: undefined, memoryMb: undefined, storageMb: undefined },
  ...{ cpu: cpuOf(undefined), software: undefined, purchase: noPurchase, ownership: undefined, modelNumber: undefined },
};

const kindOf = (system: string): ManagedDevice['kind'] =>
  /^(?:ios|ipados|android)/i.test(system) ? 'mobile' : 'computer';

/** Hosts of CrowdStrike Falcon, as its API and `falconpy` write them. */
export const crowdStrike: Dialect = {
  name: 'crowdstrike',
  marks: [
    ['device_id', 'agent_version', 'hostname'],
    ['cid', 'device_id', 'platform_name'],
  ],
  read: (row) => ({
    ...noneOfThat,
    id: textAt(row, 'device_id'),
    kind: kindOf(textAt(row, 'platform_name') ?? ''),
    name: textAt(row, 'hostname'),
    manufacturer: textAt(row, 'system_manufacturer'),
    model: textAt(row, 'system_product_name'),
    serial: textAt(row, 'serial_number'),
    hardwareUuid: undefined,
    macs: [textAt(row, 'mac_address')],
    os: {
      name: textAt(row, 'os_version', 'platform_name'),
      version: textAt(row, 'os_product_name'),
      build: textAt(row, 'os_build'),
    },
    managed: {
      customer: textAt(row, 'cid'),
      agentVersion: textAt(row, 'agent_version'),
      product: textAt(row, 'product_type_desc'),
      cloudInstance: textAt(row, 'instance_id'),
      cloudAccount: textAt(row, 'service_provider_account_id'),
    },
    seenAt: [row.last_seen, row.modified_timestamp],
  }),
};

/** Machines of Microsoft Defender for Endpoint. The tool shows neither serial nor maker. */
export const defender: Dialect = {
  name: 'defender',
  marks: [
    ['computerDnsName', 'osPlatform'],
    ['machineTags', 'healthStatus', 'onboardingStatus'],
  ],
  read: (row) => ({
    ...noneOfThat,
    id: textAt(row, 'id'),
    kind: kindOf(textAt(row, 'osPlatform') ?? ''),
    name: textAt(row, 'computerDnsName')?.replace(/\..*$/, ''),
    manufacturer: undefined,
    model: undefined,
    serial: undefined,
    hardwareUuid: undefined,
    macs: listAt(row, 'ipAddresses').map((one) => textAt(one, 'macAddress')),
    os: {
      name: textAt(row, 'osPlatform'),
      version: textAt(row, 'version', 'osVersion'),
      build: textAt(row, 'osBuild'),
    },
    managed: {
      entraDeviceId: textAt(row, 'aadDeviceId'),
      agentVersion: textAt(row, 'agentVersion'),
      group: textAt(row, 'rbacGroupName'),
      onboarding: textAt(row, 'onboardingStatus'),
    },
    seenAt: [row.lastSeen],
  }),
};

/** Agents of SentinelOne. `uuid` is that of the agent on Linux, of the hardware elsewhere: it is not used. */
export const sentinelOne: Dialect = {
  name: 'sentinelone',
  marks: [
    ['computerName', 'agentVersion', 'networkInterfaces'],
    ['computerName', 'machineType', 'osName'],
  ],
  read: (row) => ({
    ...noneOfThat,
    id: textAt(row, 'id', 'uuid'),
    kind: kindOf(textAt(row, 'osType') ?? ''),
    name: textAt(row, 'computerName'),
    manufacturer: textAt(row, 'modelName')?.split(' - ')[0],
    model: textAt(row, 'modelName')?.replace(/^.*? - /, ''),
    serial: textAt(row, 'serialNumber'),
    hardwareUuid: undefined,
    macs: listAt(row, 'networkInterfaces').map((one) => textAt(one, 'physical')),
    os: { name: textAt(row, 'osName'), version: textAt(row, 'osRevision'), build: undefined },
    managed: {
      site: textAt(row, 'siteName'),
      group: textAt(row, 'groupName'),
      agentVersion: textAt(row, 'agentVersion'),
      machineType: textAt(row, 'machineType'),
    },
    seenAt: [row.lastActiveDate, row.updatedAt],
  }),
};
