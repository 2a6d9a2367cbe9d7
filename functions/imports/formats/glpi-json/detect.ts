import type { Format } from '../format.ts';

const contentKey = /"content"\s*:\s*[{[]/;
const agentKeys =
  /"(?:deviceid|itemtype|versionclient|accesslog|network_device|network_ports|network_components|softwares|virtualmachines|operatingsystem|usbdevices|smanufacturer|chassis_type)"\s*:/;

/** An object with `content`, and one of the properties that only agents write. */
export const detectGlpiJson: Format['detect'] = (head) =>
  /^\uFEFF?\s*(?:\[\s*)?\{/.test(head) && contentKey.test(head) && agentKeys.test(head);
