import type { DiscoveryRecord, RawRelation, SeenAt } from '../../../../domain/discovery/record.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';
import type { Neighbour } from '../network-neighbours/neighbour.ts';
import { portName } from '../network-neighbours/port-name.ts';
import { placeOf, type Related, relateNeighbours } from '../network-neighbours/relate.ts';
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

const byMac = (value: string, seenAt: SeenAt): RawRelation => ({
  type: 'connected to',
  direction: 'out',
  identifiers: [{ type: 'mac', value }],
  seenAt,
});

/** A switch has as many ports; behind more there is no single thing each. */
const mostPlugged = 512;

/**
 * What stands at the ports of a network device: `connected to` what names itself there and to what a single MAC tells. It makes
 * no record: either the other device is known, or the relation waits for it.
 */
export const mapNeighbours = (
  { network_ports: ports = [] }: Content,
  main: DiscoveryRecord,
): Omit<Related, 'stubs'> => {
  const heard = ports.flatMap((port) =>
    (port.connections ?? []).filter((one) => isHeard(port, one)).map((one) => neighbourOf(port, one)),
  );
  const plugged = new Map(
    ports.flatMap((port) => pluggedIn(port).map((mac) => [mac, placeOf(main, portName(port.ifname))] as const)),
  );
  const macs = [...plugged].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostPlugged);
  const { relations, stubs, warnings } = relateNeighbours(main, heard);
  const named = new Map(stubs.map((stub) => [stub.nativeKey, stub]));
  return {
    relations: [
      ...relations.map((one) => byIdentifiers(one, named)),
      ...macs.map(([mac, seenAt]) => byMac(mac, seenAt)),
    ],
    warnings,
  };
};

/** The other end is looked for by what names it: its own inventory makes its record, whichever of the two comes first. */
const byIdentifiers = (
  { record, ...relation }: RawRelation,
  named: ReadonlyMap<string, DiscoveryRecord>,
): RawRelation => {
  if (record === undefined) return relation;
  const stub = named.get(record);
  const identifiers = (stub?.identifiers ?? []).filter(({ type }) => type !== 'ip' && type !== 'hostname');
  const name = stub?.name;
  return { ...relation, identifiers, ...(name === undefined ? {} : { name }), ...seenFirst(stub) };
};

const seenFirst = (stub: DiscoveryRecord | undefined): Pick<RawRelation, 'seenAt'> => {
  const [seenAt] = stub?.seenAt ?? [];
  return seenAt === undefined ? {} : { seenAt };
};
