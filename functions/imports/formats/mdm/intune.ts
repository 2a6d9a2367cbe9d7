import { cpuOf, flagAt, numberAt, textAt } from '../host-facts/pick.ts';
import { type Dialect, type ManagedDevice, noPurchase } from './device.ts';

const mobileSystems = /^(?:ios|ipados|android|windows ?phone|windowsmobile|tvos|visionos)/i;
/** Ways to enrol that people use for what is theirs. */
const ownEnrolment =
  /^(?:userEnrollment|appleUserEnrollment|appleUserEnrollmentWithServiceAccount|androidEnterpriseWorkProfile)$/i;

const ownershipOf = (row: Record<string, unknown>): ManagedDevice['ownership'] => {
  const told = textAt(row, 'managedDeviceOwnerType', 'ownerType')?.toLowerCase();
  if (told === 'personal' || ownEnrolment.test(textAt(row, 'deviceEnrollmentType') ?? '')) return 'personal';
  return told === 'company' || told === 'corporate' ? 'company' : told === undefined ? undefined : 'unknown';
};

const megabytes = (bytes: number | undefined, unit: number): number | undefined =>
  bytes === undefined || bytes <= 0 ? undefined : Math.round(bytes / unit);

/** `managedDevice` of Microsoft Graph. Compliance, threat state and free space change by themselves and are left out. */
export const intune: Dialect = {
  name: 'intune',
  marks: [['managedDeviceOwnerType'], ['azureADDeviceId', 'deviceName'], ['deviceEnrollmentType', 'serialNumber']],
  read: (row) => ({
    id: textAt(row, 'id'),
    kind: mobileSystems.test(textAt(row, 'operatingSystem') ?? '') ? 'mobile' : 'computer',
    ownership: ownershipOf(row),
    name: textAt(row, 'deviceName', 'managedDeviceName'),
    manufacturer: textAt(row, 'manufacturer'),
    model: textAt(row, 'model'),
    modelNumber: undefined,
    serial: textAt(row, 'serialNumber', 'hardwareInformation.serialNumber'),
    hardwareUuid: undefined,
    udid: textAt(row, 'udid'),
    imeis: [textAt(row, 'imei', 'hardwareInformation.imei')],
    macs: [textAt(row, 'ethernetMacAddress'), textAt(row, 'wiFiMacAddress', 'hardwareInformation.wifiMac')],
    assetTag: undefined,
    os: { name: textAt(row, 'operatingSystem'), version: textAt(row, 'osVersion'), build: undefined },
    memoryMb: megabytes(numberAt(row, 'physicalMemoryInBytes'), 1024 * 1024),
    storageMb: megabytes(numberAt(row, 'totalStorageSpaceInBytes'), 1_000_000),
    cpu: cpuOf(undefined),
    managed: {
      entraDeviceId: textAt(row, 'azureADDeviceId', 'azureActiveDirectoryDeviceId'),
      enrolment: textAt(row, 'deviceEnrollmentType'),
      category: textAt(row, 'deviceCategoryDisplayName'),
      encrypted: flagAt(row, 'isEncrypted'),
      supervised: flagAt(row, 'isSupervised'),
    },
    software: undefined,
    seenAt: [row.lastSyncDateTime],
    purchase: {
      ...noPurchase,
      username: textAt(row, 'userPrincipalName'),
      email: textAt(row, 'emailAddress'),
      fullName: textAt(row, 'userDisplayName'),
    },
  }),
};
