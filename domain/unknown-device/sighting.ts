import type { DiscoveryRecord, RawRelation, SeenAt } from '../discovery/record.ts';
import type { Identifier } from '../identity/identifier.ts';
import { normaliseIdentifiers } from '../identity/normalise.ts';
import { type Digest, idFrom } from '../shared/id.ts';
import type { Timestamp } from '../shared/time.ts';
import type { UnknownDevice } from './unknown-device.ts';

/** One sighting of a device: what it goes by, what else names it, where it was, and when. */
export type Sighting = Pick<UnknownDevice, 'unknownId' | 'key' | 'name' | 'vendor' | 'identifiers' | 'seenAt'> & {
  at: Timestamp;
  source: string;
  named: readonly Identifier[];
};

type Seen = { record: DiscoveryRecord; tenant: string; source: string; at: Timestamp; digest: Digest };

/** What a record tells of a device that was merely seen on the network; undefined for any other record, and where nothing names it. */
export const sightingOf = ({ record, tenant, source, at, digest }: Seen): Sighting | undefined => {
  if (record.half !== 'discovery' || record.action !== 'upsert' || record.ciClass !== 'unmanaged') return undefined;
  return sighted(record, record.seenAt ?? [], { tenant, source, at, digest });
};

/**
 * What a device tells of another one that stands at its port, where nothing is known by that: a switch says that a MAC is there. Undefined
 * for other relations, and for ends that the file describes itself.
 */
export const sightingAcross = (relation: RawRelation, by: By): Sighting | undefined => {
  const { type, record, identifiers = [], name, seenAt } = relation;
  if (type !== 'connected to' || record !== undefined) return undefined;
  const told = { identifiers, nature: 'unknown' as const, ...(name === undefined ? {} : { name }) };
  return sighted(told, seenAt === undefined ? [] : [seenAt], by);
};

type By = Omit<Seen, 'record'>;
type Told = Pick<DiscoveryRecord, 'identifiers' | 'nature' | 'container' | 'ciClass' | 'name' | 'vendor'>;

const sighted = (told: Told, places: readonly SeenAt[], { tenant, source, at, digest }: By): Sighting | undefined => {
  const named = normaliseIdentifiers(told, source).filter(({ strength }) => strength !== 'rejected');
  const key = keyOf(named, source);
  if (key === undefined) return undefined;
  const { name, vendor } = told;
  return {
    unknownId: unknownIdOf(tenant, key, digest),
    key,
    ...(name === undefined ? {} : { name }),
    ...(vendor === undefined ? {} : { vendor }),
    identifiers: named.map(({ type, value }) => ({ type, value })),
    seenAt: places.length === 0 ? [{ source }] : places.map((place) => ({ ...place, source })),
    at,
    source,
    named,
  };
};

/** Deterministic, so that every run in which the device is seen means the same row. */
export const unknownIdOf = (tenant: string, { type, value, source }: UnknownDevice['key'], digest: Digest): string =>
  idFrom('unk', digest, tenant, type, value, source ?? '');

/**
 * The best identifier: a permanent MAC; else, in its source, a name, a MAC that moves or is made up, an address. Of several the first in
 * text order.
 */
const keyOf = (named: readonly Identifier[], source: string): UnknownDevice['key'] | undefined => {
  const first = (fits: (one: Identifier) => boolean) =>
    named.filter(fits).sort((a, b) => (a.value < b.value ? -1 : 1))[0];
  const permanent = first(({ type, scope }) => type === 'mac' && scope === undefined);
  if (permanent !== undefined) return { type: 'mac', value: permanent.value };
  for (const type of ['fqdn', 'hostname', 'mac', 'ip'] as const) {
    const found = first((one) => one.type === type);
    if (found === undefined) continue;
    return type === 'fqdn'
      ? { type: 'hostname', value: found.value.split('.')[0] ?? found.value, source }
      : { type, value: found.value, source };
  }
  return undefined;
};
