import { castRow } from './cast-row.ts';
import { wrappedTexts } from './convert-lists.ts';
import { nodesOf, type Row, renamed, textOf, without } from './rows.ts';
import type { XmlNode } from './xml-tree.ts';

const unwrapped = ['aggregate', 'connections', 'ip', 'ips', 'vlans'];
const byteCounters = { ifinoctets: 'ifinbytes', ifoutoctets: 'ifoutbytes', macaddr: 'mac' };

/** One PORT of a network device as GLPI's JSON has it: lists without their wrappers, CDP as a property of the port. */
export const convertPort = (port: XmlNode): Row => {
  const links = nodesOf(port.connections);
  const neighbours = links.flatMap((link) => nodesOf(link.connection));
  const discovered = links.map((link) => textOf(link.cdp)).find((flag) => flag !== undefined);
  const vlans = nodesOf(port.vlans).flatMap((list) => nodesOf(list.vlan));
  const aggregate = wrappedTexts(port, 'aggregate', 'port')?.map(Number);
  const ips = wrappedTexts(port, 'ips', 'ip') ?? [textOf(port.ip)].filter((ip) => ip !== undefined);
  return castRow('network_ports', {
    ...renamed(without(port, unwrapped), byteCounters),
    ...(discovered === undefined ? {} : { lldp: discovered }),
    ...(neighbours.length === 0 ? {} : { connections: neighbours }),
    ...(vlans.length === 0 ? {} : { vlans }),
    ...(aggregate === undefined ? {} : { aggregate }),
    ...(ips.length === 0 ? {} : { ips }),
  });
};
