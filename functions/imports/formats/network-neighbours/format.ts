import { type Format, UnreadableFile } from '../format.ts';
import { mapReport } from './map-report.ts';
import { looksLikeJson, readDocument } from './read-document.ts';
import { readReports } from './read-reports.ts';

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

/**
 * What network devices hear of each other by LLDP and CDP: NAPALM's getters (`get_lldp_neighbors`, its detail, `get_facts`), rows of
 * TextFSM templates (JSON or YAML, also as `parsed_sample`), and `lldpctl -f json`. Forwarding tables say what is behind a port, not
 * what is plugged into it, and are refused. Throws `UnreadableFile`: `no-neighbours`, and what `readDocument` does.
 */
export const networkNeighbours: Format = {
  name: 'network-neighbours',
  detect: (head) => (looksLikeJson(head) ? detectJson(head) : parsedSample.test(head)),
  parse: async function* (body, context) {
    const reports = readReports(await readDocument(body));
    if (reports.length === 0) {
      const detail =
        'The file names no neighbour that LLDP or CDP heard of, and no device: other tables (MAC addresses, ARP, routes) say nothing of cabling. Upload the output of lldp or cdp neighbours.';
      throw new UnreadableFile({ code: 'no-neighbours', detail });
    }
    let recordIndex = 0;
    for (const report of reports) {
      for (const record of mapReport(report, context, recordIndex)) {
        yield { record };
        recordIndex += 1;
      }
    }
  },
};
