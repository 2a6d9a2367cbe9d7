import { cpuOf, flagAt, listAt, mebibytes, textAt, valueAt } from '../host-facts/pick.ts';
import { type Dialect, noPurchase } from './device.ts';

const apple = /^(?:mac|iphone|ipad|ipod|apple ?tv|apple ?vision|tvos|ios)/i;

const kindOf = (platform: string) =>
  /^mac|^windows/i.test(platform) ? 'computer' : /^apple ?tv|^tvos/i.test(platform) ? 'device' : 'mobile';

const software = (row: Record<string, unknown>) =>
  Array.isArray(valueAt(row, 'installed_apps')) || Array.isArray(valueAt(row, 'apps'))
    ? [...listAt(row, 'installed_apps'), ...listAt(row, 'apps')].map((app) => ({
        name: textAt(app, 'app_name', 'name'),
        version: textAt(app, 'version'),
        bundle: textAt(app, 'bundle_id'),
      }))
    : undefined;

/** Devices of Kandji's API, as listed and in detail (`general`, `hardware_overview`, `network`). */
export const kandji: Dialect = {
  name: 'kandji',
  marks: [
    ['device_id', 'device_name', 'platform'],
    ['device_id', 'blueprint_id'],
    ['general', 'hardware_overview'],
  ],
  read: (row) => {
    const platform = textAt(row, 'platform', 'general.platform') ?? '';
    const isMac = /^mac/i.test(platform);
    const udid = textAt(row, 'hardware_overview.udid');
    const model = textAt(row, 'model', 'hardware_overview.model_name', 'general.model');
    return {
      id: textAt(row, 'device_id', 'general.device_id', 'id'),
      kind: kindOf(platform),
      ownership: undefined,
      name: textAt(row, 'device_name', 'general.device_name'),
      manufacturer: apple.test(platform) ? 'Apple' : undefined,
      model,
      modelNumber: textAt(row, 'hardware_overview.model_identifier'),
      serial: textAt(row, 'serial_number', 'hardware_overview.serial_number', 'general.serial_number'),
      hardwareUuid: isMac ? udid : undefined,
      udid: isMac ? undefined : udid,
      imeis: [textAt(row, 'cellular.imei')],
      macs: [textAt(row, 'network.mac_address', 'mac_address')],
      assetTag: textAt(row, 'asset_tag', 'general.asset_tag'),
      os: {
        name: isMac ? 'macOS' : platform === '' ? undefined : platform,
        version: textAt(row, 'os_version', 'general.os_version'),
        build: textAt(row, 'supplemental_build_version'),
      },
      memoryMb: mebibytes(valueAt(row, 'hardware_overview.memory'), 'm'),
      storageMb: undefined,
      cpu: cpuOf(textAt(row, 'hardware_overview.processor_name')),
      managed: {
        blueprint: textAt(row, 'blueprint_name', 'general.blueprint_name'),
        mdm: flagAt(row, 'mdm_enabled') ?? flagAt(row, 'mdm.mdm_enabled'),
        supervised: flagAt(row, 'is_supervised') ?? flagAt(row, 'mdm.supervised'),
      },
      software: software(row),
      seenAt: [
        valueAt(row, 'last_check_in'),
        valueAt(row, 'mdm.last_check_in'),
        valueAt(row, 'general.last_enrollment'),
      ],
      purchase: {
        ...noPurchase,
        email: textAt(row, 'user.email', 'general.assigned_user.email'),
        fullName: textAt(row, 'user.name', 'general.assigned_user.name'),
      },
    };
  },
};
