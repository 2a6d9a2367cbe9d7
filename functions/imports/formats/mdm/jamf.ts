import { canonicalUuid } from '../../../../domain/identity/uuid.ts';
import { cpuOf, flagAt, listAt, numberAt, textAt, valueAt } from '../host-facts/pick.ts';
import type { Dialect, ManagedDevice } from './device.ts';
import { jamfPurchase } from './jamf-purchase.ts';

type Row = Record<string, unknown>;

const mobileModels = /^(?:iphone|ipad|ipod|apple ?tv|apple ?vision|vision pro)/i;
const mobileSystems = /^(?:ios|ipados|tvos|visionos|watchos)/i;

const kindOf = (row: Row, model: string): ManagedDevice['kind'] => {
  const system = textAt(row, 'general.os_type', 'deviceType', 'general.platform', 'type') ?? '';
  if (/^tvos|^apple ?tv/i.test(system) || /^apple ?tv/i.test(model)) return 'device';
  const isMobile = 'mobileDeviceId' in row || mobileSystems.test(system) || mobileModels.test(model);
  return isMobile ||
    textAt(row, 'general.wifi_mac_address', 'hardware.wifiMacAddress', 'wifi_mac_address') !== undefined
    ? 'mobile'
    : 'computer';
};

const ownershipOf = (row: Row): ManagedDevice['ownership'] => {
  const told = textAt(row, 'general.device_ownership_level', 'general.deviceOwnershipType', 'deviceOwnershipType');
  if (told === undefined) return undefined;
  return /institution|corporate|company/i.test(told)
    ? 'company'
    : /personal|user|byod/i.test(told)
      ? 'personal'
      : 'unknown';
};

/** A count that the inventory could not find is written as -1 or 0. */
const positive = (value: number | undefined): number | undefined =>
  value === undefined || value <= 0 ? undefined : value;

const softwareOf = (row: Row): ManagedDevice['software'] => {
  const list = ['software.applications', 'applications'].find((path) => Array.isArray(valueAt(row, path)));
  if (list === undefined) return undefined;
  return listAt(row, list).map((app) => ({
    name: textAt(app, 'name', 'application_name'),
    version: textAt(app, 'version', 'application_version', 'shortVersion'),
    bundle: textAt(app, 'bundle_id', 'bundleId', 'identifier'),
  }));
};

const osOf = (row: Row, kind: ManagedDevice['kind']): ManagedDevice['os'] => ({
  name:
    textAt(row, 'hardware.os_name', 'operatingSystem.name', 'general.os_type', 'deviceType') ??
    (kind === 'computer' ? 'macOS' : undefined),
  version: textAt(row, 'hardware.os_version', 'operatingSystem.version', 'general.os_version', 'general.osVersion'),
  build: textAt(row, 'hardware.os_build', 'operatingSystem.build', 'general.os_build', 'general.osBuild'),
});

const macPaths = [
  ...['general.mac_address', 'general.alt_mac_address', 'mac_address', 'alt_mac_address'],
  ...['hardware.macAddress', 'hardware.altMacAddress', 'general.wifi_mac_address', 'hardware.wifiMacAddress'],
  'wifi_mac_address',
];

/**
 * Computers and mobile devices of Jamf Pro: the classic API (in detail and as listed), computers-inventory, and mobile-devices in
 * detail. The UDID of a Mac is the UUID that its firmware shows.
 */
export const jamf: Dialect = {
  name: 'jamf',
  marks: [
    ['general', 'userAndLocation'],
    ['general', 'purchasing'],
    ['general', 'hardware', 'udid'],
    ['general', 'location'],
    ['mobileDeviceId', 'hardware'],
    ['udid', 'serial_number', 'managed'],
  ],
  read: (row) => {
    const model = textAt(row, 'hardware.model', 'general.model_display', 'general.model', 'model') ?? '';
    const kind = kindOf(row, model);
    const id = textAt(row, 'general.id', 'mobileDeviceId', 'id');
    const udid = textAt(row, 'udid', 'general.udid');
    const isUuid = kind === 'computer' && canonicalUuid(udid ?? '') !== undefined;
    return {
      id: id === undefined ? undefined : `${kind === 'computer' ? 'computer' : 'mobile'}/${id}`,
      kind,
      ownership: ownershipOf(row),
      name: textAt(row, 'general.name', 'general.display_name', 'general.displayName', 'general.device_name', 'name'),
      manufacturer: textAt(row, 'hardware.make') ?? 'Apple',
      model: model === '' ? undefined : model,
      modelNumber: textAt(row, 'hardware.model_identifier', 'hardware.modelIdentifier', 'general.model_identifier'),
      serial: textAt(row, 'general.serial_number', 'hardware.serialNumber', 'general.serialNumber', 'serial_number'),
      hardwareUuid: isUuid ? udid : undefined,
      udid: isUuid ? undefined : udid,
      imeis: ['network.imei', 'network.imei2', 'general.imei'].map((path) => textAt(row, path)),
      macs: macPaths.map((path) => textAt(row, path)),
      assetTag: textAt(row, 'general.asset_tag', 'general.assetTag'),
      os: osOf(row, kind),
      memoryMb: positive(numberAt(row, 'hardware.total_ram_mb', 'hardware.total_ram', 'hardware.totalRamMegabytes')),
      storageMb: positive(numberAt(row, 'general.capacity_mb', 'hardware.capacityMb')),
      cpu: cpuOf(
        textAt(row, 'hardware.processor_type', 'hardware.processorType'),
        positive(numberAt(row, 'hardware.number_processors', 'hardware.processorCount')),
        positive(numberAt(row, 'hardware.number_cores', 'hardware.coreCount')),
      ),
      managed: {
        supervised: flagAt(row, 'general.supervised'),
        managed: flagAt(row, 'general.remote_management.managed') ?? flagAt(row, 'general.remoteManagement.managed'),
        site: textAt(row, 'general.site.name'),
        barcode: textAt(row, 'general.barcode_1', 'general.barcode1'),
      },
      software: softwareOf(row),
      seenAt: [
        ...['general.report_date_utc', 'general.reportDate', 'general.last_inventory_update_utc'],
        ...['general.lastInventoryUpdateDate', 'general.report_date_epoch', 'report_date_utc'],
      ].map((path) => valueAt(row, path)),
      purchase: jamfPurchase(row),
    };
  },
};
