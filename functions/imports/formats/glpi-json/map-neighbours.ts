import type { DiscoveryRecord, RawRelation } from '../../../../domain/discovery/record.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';
import type { Neighbour } from '../network-neighbours/neighbour.ts';
import { type Related, relateNeighbours } from '../network-neighbours/relate.ts';
import type { Content } from './document.ts';

type Port = NonNullable<Content['network_ports']>[number];
type Connection = NonNullable<Port['connections']>[number];

/** With LLDP or CDP the other end names itself; the forwarding table only tells the MACs behind the port. */
const isHeard = ({ lldp }: Port, { sysname, sysmac }: Connection): boolean =>
  lldp !== false && (sysname !== undefined || sysmac !== undefined);

const neighbourOf = ({ ifname }: Port, connection: Connection): Neighbour => ({
  localPort: ifname,
  remotePort: connection.ifdescr,
  system: connection.sysname,
  chassis: connection.sysmac,
  addresses: connection.ip === undefined ? [] : [connection.ip],
});

/**
 * A single MAC on a port that is no trunk belongs to what is plugged in, when it is a permanent one: not to a dock that many machines
 * share, nor to a guest, which stands behind its hypervisor.
 */
const pluggedIn = ({ trunk, lldp, connections = [] }: Port): string[] => {
  const macs = connections.flatMap(({ mac = [] }) => mac);
  const [value] = macs;
  if (trunk === true || lldp === true || macs.length !== 1 || connections.length !== 1 || value === undefined)
    return [];
  const judged = normaliseIdentifier({ type: 'mac', value }, { feed: '', nature: 'physical', container: false });
  return judged?.strength === 'medium' ? [judged.value] : [];
};

const byMac = (value: string): RawRelation => ({
  type: 'connected to',
  direction: 'out',
  identifiers: [{ type: 'mac', value }],
});

/** A switch has as many ports; behind more there is no single thing each. */
const mostPlugged = 512;

/**
 * What stands at the ports of a network device: `connected to` what names itself there, which becomes a record of its own, and to what a
 * single MAC tells, which makes none: either a device with that MAC is known, or there is no relation.
 */
export const mapNeighbours = ({ network_ports: ports = [] }: Content, main: DiscoveryRecord): Related => {
  const heard = ports.flatMap((port) =>
    (port.connections ?? []).filter((one) => isHeard(port, one)).map((one) => neighbourOf(port, one)),
  );
  const macs = [...new Set(ports.flatMap(pluggedIn))].sort().slice(0, mostPlugged);
  const { relations, stubs, warnings } = relateNeighbours(main, heard);
  return { relations: [...relations, ...macs.map(byMac)], stubs, warnings };
};
