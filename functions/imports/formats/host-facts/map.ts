import type { DiscoveryRecord, RawIdentifier } from '../../../../domain/discovery/record.ts';
import { normaliseIdentifier } from '../../../../domain/identity/normalise.ts';
import { momentOf } from '../aws/moment.ts';
import type { Kind } from '../glpi-json/classify.ts';
import { recordName } from '../glpi-json/facts.ts';
import { keyPart, serialKey } from '../glpi-json/native-key.ts';
import type { HostFacts, Package } from './host-facts.ts';
import { fqdnOf, hostNameOf, identifiersOf } from './identifiers.ts';
import { kindOf } from './kind.ts';
import { interfaceRows } from './network.ts';
import { sectionsOf } from './sections.ts';

/**
 * One host as a record. `name` is what the tool calls it (certname, inventory name, minion id), `moment` when its wrapping was written.
 * Undefined when nothing names the host. Never throws for odd facts.
 */
export const mapHost = (
  host: HostFacts,
  name: string | undefined,
  moment?: unknown,
): Omit<DiscoveryRecord, 'recordIndex'> | undefined => {
  const kind = kindOf(host);
  const identifiers = identifiersOf(host, kind);
  const called = [name, host.calledBy].find((one) => one !== undefined && !isEverybody(one))?.trim();
  const nativeKey = called === undefined ? keyOf(host, kind, identifiers) : `host:${keyPart(called)}`;
  if (nativeKey === undefined || nativeKey === 'host:') return undefined;
  const observedAt = momentOf(...host.moments, moment);
  return {
    nativeKey,
    half: 'discovery',
    action: 'upsert',
    partial: !isWhole(host),
    nature: kind.nature,
    ciClass: kind.ciClass,
    ...(kind.container ? { container: true } : {}),
    ...(kind.assetKind === undefined ? {} : { assetKind: kind.assetKind }),
    ...(observedAt === undefined ? {} : { observedAt }),
    name: recordName(hostNameOf(host) ?? called ?? host.hostname ?? host.product),
    identifiers: identifiers.slice(0, 400),
    sections: sectionsOf(host, kind),
    details: {
      ...(host.interfaces === undefined ? {} : { interfaces: interfaceRows(host) }),
      ...(host.packages === undefined ? {} : { software: softwareRows(host.packages) }),
    },
    warnings: identifiers.some((raw) => raw.type !== 'fqdn' && isTrusted(raw, kind)) ? [] : [weaklyNamed],
  };
};

/** Every machine calls itself so. */
const isEverybody = (name: string): boolean =>
  /^(?:local|localhost|127\..*|::1)$/i.test(name.trim()) || name.trim() === '';

/** A host whose hardware and network were both gathered; anything less replaces only what it carries. */
const isWhole = ({ gatheredAll, interfaces, product, memoryMb }: HostFacts): boolean =>
  gatheredAll && interfaces !== undefined && (product !== undefined || memoryMb !== undefined);

const judge = (raw: RawIdentifier, { nature, container }: Kind) =>
  normaliseIdentifier(raw, { feed: '', nature, container });

const isTrusted = (raw: RawIdentifier, kind: Kind): boolean =>
  ['strong', 'medium'].includes(judge(raw, kind)?.strength ?? '');

/** The key of a host that the tool gives no name: serial, UUID, machine id, permanent MAC, else its own name. */
const keyOf = (host: HostFacts, kind: Kind, identifiers: readonly RawIdentifier[]): string | undefined => {
  for (const type of ['serial', 'uuid', 'machineId', 'mac'] as const) {
    const raw = identifiers.find((one) => one.type === type && isTrusted(one, kind));
    const value = raw === undefined ? undefined : judge(raw, kind)?.value;
    if (raw !== undefined && value !== undefined)
      return type === 'serial' ? serialKey(raw.value, raw.qualifier) : `${type}:${keyPart(value)}`;
  }
  const name = fqdnOf(host) ?? hostNameOf(host);
  return name === undefined ? undefined : `name:${keyPart(name)}`;
};

const weaklyNamed = {
  code: 'weak-identity',
  detail:
    'The facts show no usable serial, UUID, machine id, host key or permanent MAC: the tool may have run without the rights to read them.',
};

/** Rows in the words of GLPI's software lists, sorted, each once. */
const softwareRows = (packages: readonly Package[]): unknown[] => {
  const rows = packages.map(({ arch, name, publisher, version }) =>
    JSON.stringify({
      ...(arch ? { arch } : {}),
      name,
      ...(publisher ? { publisher } : {}),
      ...(version ? { version } : {}),
    }),
  );
  return [...new Set(rows)].sort().map((row): unknown => JSON.parse(row));
};
