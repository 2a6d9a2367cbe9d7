import { type Format, UnreadableFile } from '../format.ts';
import { detectNetworkNeighbours } from './detect.ts';
import { mapReport } from './map-report.ts';
import { readDocument } from './read-document.ts';
import { readReports } from './read-reports.ts';

/**
 * What network devices hear of each other by LLDP and CDP: NAPALM's getters (`get_lldp_neighbors`, its detail, `get_facts`), rows of
 * TextFSM templates (JSON or YAML, also as `parsed_sample`), and `lldpctl -f json`. Forwarding tables say what is behind a port, not
 * what is plugged into it, and are refused. Throws `UnreadableFile`: `no-neighbours`, and what `readDocument` does.
 */
export const networkNeighbours: Format = {
  name: 'network-neighbours',
  detect: detectNetworkNeighbours,
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
