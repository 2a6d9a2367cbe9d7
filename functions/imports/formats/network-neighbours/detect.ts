import type { Format } from '../format.ts';

const parsedSample = /^\uFEFF?(?:\s|#[^\n]*\n|---[^\n]*\n)*parsed_sample\s*:/;
const getters =
  /"(?:remote_chassis_id|remote_system_name|(?:get_|napalm_)?lldp_neighbors(?:_detail)?|parsed_sample)"\s*:/;
const localColumn = /"(?:local_interface|local_intf|local_port|local_port_id|local_int|local_if)"\s*:/i;
const remoteColumn =
  /"(?:neighbor|neighbor_name|neighbor_interface|neighbor_sysname|chassis_id|system_name|dest(?:ination)?_host|device_id)"\s*:/i;
const lldpctl = /^\uFEFF?\s*\{\s*"(?:lldp|local-chassis)"\s*:/;
const text = '"[^"]{0,300}"';
const brief = new RegExp(
  `^\\uFEFF?\\s*\\{\\s*(?:${text}\\s*:\\s*\\[\\s*\\]\\s*,\\s*)*${text}\\s*:\\s*\\[\\s*\\{\\s*"(?:port|hostname)"\\s*:\\s*${text}\\s*,\\s*"(?:port|hostname)"\\s*:\\s*${text}\\s*\\}`,
);
const factKeys = ['interface_list', 'serial_number', 'os_version'].map((key) => new RegExp(`"${key}"\\s*:`));

const detectJson = (head: string): boolean =>
  getters.test(head) ||
  lldpctl.test(head) ||
  brief.test(head) ||
  (localColumn.test(head) && remoteColumn.test(head)) ||
  factKeys.every((key) => key.test(head));

/** Whether a text is JSON: it begins with a bracket. */
export const looksLikeJson = (head: string): boolean => /^\uFEFF?\s*[{[]/.test(head);

/** Tables of neighbours by the names that tools give their columns; in YAML only samples of parsed templates. */
export const detectNetworkNeighbours: Format['detect'] = (head) =>
  looksLikeJson(head) ? detectJson(head) : parsedSample.test(head);
