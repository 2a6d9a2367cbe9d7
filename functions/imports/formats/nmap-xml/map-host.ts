import type { DiscoveryRecord, ParsedRecord } from '../../../../domain/discovery/record.ts';
import { facts, sectionsFrom } from '../glpi-json/facts.ts';
import { endpointsOf } from './endpoints.ts';
import { childOf, type Element, type Host, mostPorts } from './host.ts';
import { identify } from './identifiers.ts';

/** A guess below this is told of too many systems to tell anything. Per cent. */
const surestGuess = 90;

/** Seconds since 1970, as a moment. Undefined for what no scan can have been made at. */
const momentOf = (...seconds: (string | undefined)[]): string | undefined => {
  const found = seconds.map(Number).find((one) => one > 600_000_000 && one < 4_000_000_000);
  return found === undefined ? undefined : new Date(Math.floor(found) * 1000).toISOString();
};

const accuracyOf = ({ attributes }: Element): number => Number.parseInt(attributes.accuracy ?? '', 10) || 0;

const systemFacts = ({ systems }: Host) => {
  const [best] = [...systems].sort((a, b) => accuracyOf(b) - accuracyOf(a));
  if (best === undefined || accuracyOf(best) < surestGuess) return {};
  const deviceType = childOf(best, 'osclass')?.attributes.type;
  return { osGuess: best.attributes.name, osAccuracy: accuracyOf(best), deviceType };
};

const scanFacts = (host: Host) => {
  const hops = Number.parseInt(host.distance?.attributes.value ?? '', 10);
  return facts({
    ...systemFacts(host),
    reason: host.status?.attributes.reason,
    distance: Number.isNaN(hops) ? undefined : hops,
  });
};

/** The vendor of the MAC, as the scanner's own list has it. */
const vendorOf = ({ addresses }: Host): { vendor?: string } => {
  const vendor = addresses.find(({ attributes }) => attributes.addrtype === 'mac')?.attributes.vendor?.trim();
  return vendor === undefined || vendor === '' ? {} : { vendor: vendor.slice(0, 100) };
};

/** Scanners that only look for ports say nothing of the status: then an open port tells. */
const isUp = ({ status, openPorts }: Host): boolean =>
  status === undefined ? openPorts > 0 : status.attributes.state === 'up';

const warningsOf = ({ openPorts }: Host, nativeKey: string): DiscoveryRecord['warnings'] => [
  ...(nativeKey.startsWith('ip:')
    ? [
        {
          code: 'weak-identity',
          detail: 'The scan shows no permanent MAC and no full name; the host is known by its address only.',
        },
      ]
    : []),
  ...(openPorts > mostPorts
    ? [
        {
          code: 'too-many-ports',
          detail: `The host answers on ${openPorts} ports, as a trap or a firewall does; the first ${mostPorts} are kept.`,
        },
      ]
    : []),
];

/**
 * One host of a scan as a partial record of an unmanaged device: it enriches the CI that it matches and brings no section but its own,
 * `scan` and `endpoints`. Round trip times, uptime and sequence numbers change by themselves and are left out.
 * Undefined for a host that is down; a fault when nothing names it.
 */
export const mapHost = (host: Host, recordIndex: number): ParsedRecord | undefined => {
  if (!isUp(host)) return undefined;
  const { line } = host;
  const { identifiers, nativeKey, name } = identify(host);
  if (nativeKey === undefined) return { fault: { recordIndex, line, errors: [{ line, reason: namesNothing }] } };
  const { endtime, starttime, timedout } = host.attributes;
  const observedAt = momentOf(endtime, starttime, host.run.start);
  return {
    record: {
      recordIndex,
      line,
      nativeKey,
      half: 'discovery',
      action: 'upsert',
      partial: true,
      nature: 'unknown',
      ciClass: 'unmanaged',
      ...(observedAt === undefined ? {} : { observedAt }),
      ...(name === undefined ? {} : { name }),
      ...vendorOf(host),
      identifiers: identifiers.slice(0, 400),
      sections: sectionsFrom({ scan: scanFacts(host) }),
      ...(host.portsScanned && timedout !== 'true' ? { details: { endpoints: endpointsOf(host.ports) } } : {}),
      warnings: warningsOf(host, nativeKey),
    },
  };
};

const namesNothing = 'This host has no address. Scan with -oX, which writes one for every host.';
