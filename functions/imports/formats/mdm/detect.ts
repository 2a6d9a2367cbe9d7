import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const all = (...keys: string[]) => {
  const patterns = keys.map((key) => new RegExp(`"${key}"\\s*:`));
  return (head: string): boolean => patterns.every((pattern) => pattern.test(head));
};
const ofTools = [
  all('managedDeviceOwnerType'),
  all('azureADDeviceId', 'deviceName'),
  all('device_id', 'device_name', 'platform', 'serial_number'),
  all('hardware_overview', 'general', 'device_id'),
  all('general', 'udid', 'userAndLocation'),
  all('general', 'udid', '(?:serial_number|serialNumber)', '(?:hardware|location|purchasing)'),
  all('udid', 'serial_number', 'managed', 'mac_address'),
  all('device_id', 'cid', '(?:agent_version|platform_name)'),
  all('computerDnsName', 'osPlatform'),
  all('computerName', 'agentVersion', '(?:networkInterfaces|machineType)'),
];

/** Devices as Intune, Jamf, Kandji, CrowdStrike, Defender or SentinelOne name their properties. */
export const detectMdm: Format['detect'] = (head) =>
  begins.test(head) && ofTools.some((recognises) => recognises(head));
