import type { DiscoveryRecord, RawRelation, SeenAt } from '../../../../domain/discovery/record.ts';
import { relatedRecord } from '../glpi-json/related.ts';
import { type Named, type Neighbour, nameNeighbour } from './neighbour.ts';
import { portName } from './port-name.ts';

/** Edges of one device. The largest chassis switches have some 400 ports. */
const mostNeighbours = 512;
/** Rows of one device that are read. */
const mostRows = 4096;

export type Related = {
  relations: RawRelation[];
  /** The neighbours themselves, as partial records of unmanaged devices, so that an edge has another end. */
  stubs: DiscoveryRecord[];
  warnings: DiscoveryRecord['warnings'];
};

type Placed = Named & { port: string | undefined };

const stubOf = (main: DiscoveryRecord, key: string, { identifiers, name, port }: Placed): DiscoveryRecord => ({
  ...relatedRecord(main, {
    nativeKey: key,
    nature: 'unknown',
    ciClass: 'unmanaged',
    ...(name === undefined ? {} : { name }),
    identifiers,
    sections: {},
  }),
  seenAt: [placeOf(main, port)],
});

/** At which port of the device that heard of it. */
export const placeOf = ({ name }: DiscoveryRecord, port: string | undefined): SeenAt => ({
  ...(name === undefined ? {} : { device: name }),
  ...(port === undefined ? {} : { port }),
});

/** One neighbour may be named with its domain at one port and without it at another: then the full name counts. */
const keysByHost = (named: readonly Named[]): Map<string, string | undefined> => {
  const keys = new Map<string, string | undefined>();
  for (const { host, key } of named) {
    if (host === undefined || key === undefined) continue;
    keys.set(host, keys.has(host) && keys.get(host) !== key ? undefined : key);
  }
  return keys;
};

/**
 * `connected to` between the device of `main` and each of its neighbours, once, however many ports they share. A neighbour with a
 * permanent MAC, a serial or a full name becomes a record; one with a host name alone is looked for among what the source knows.
 */
export const relateNeighbours = (main: DiscoveryRecord, neighbours: readonly Neighbour[]): Related => {
  const named = neighbours
    .slice(0, mostRows)
    .map((one): Placed => ({ ...nameNeighbour(one), port: portName(one.localPort) }));
  const byHost = keysByHost(named);
  const stubs = new Map<string, DiscoveryRecord>();
  const relations = new Map<string, RawRelation>();
  for (const one of named) {
    const key = one.key ?? byHost.get(one.host ?? '');
    const edge = { type: 'connected to' as const, direction: 'out' as const };
    if (key !== undefined) {
      const known = stubs.get(key);
      if (one.key !== undefined)
        stubs.set(key, known === undefined ? stubOf(main, key, one) : joined(known, one, placeOf(main, one.port)));
      relations.set(key, { ...edge, record: key });
    } else if (one.host !== undefined) {
      const identifiers = one.identifiers.filter(({ type }) => type !== 'ip');
      relations.set(`name/${one.host}`, {
        ...edge,
        identifiers,
        name: one.name ?? one.host,
        seenAt: placeOf(main, one.port),
      });
    }
  }
  const kept = [...relations].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostNeighbours);
  const cut = named.filter((one) => one.cut).length;
  return {
    relations: kept.map(([, relation]) => relation),
    stubs: kept.flatMap(([key]) => stubs.get(key) ?? []),
    warnings: [...(relations.size > mostNeighbours ? [tooMany] : []), ...(cut > 0 ? [cutNames(cut)] : [])],
  };
};

/** The same neighbour at another port, where it may tell another address or its name. */
const joined = (known: DiscoveryRecord, { identifiers, name }: Named, place: SeenAt): DiscoveryRecord => {
  const seen = new Set(known.identifiers.map(({ type, value }) => `${type}|${value.toLowerCase()}`));
  const more = identifiers.filter(({ type, value }) => !seen.has(`${type}|${value.toLowerCase()}`));
  const all = [...known.identifiers, ...more].slice(0, 64);
  const places = [...(known.seenAt ?? []), place].slice(0, 16);
  return {
    ...known,
    identifiers: all,
    seenAt: places,
    ...(known.name === undefined && name !== undefined ? { name } : {}),
  };
};

const tooMany = {
  code: 'too-many-neighbours',
  detail: `The device names more than ${mostNeighbours} neighbours; the first of them, in the order of their names, are connected.`,
};

const cutNames = (count: number) => ({
  code: 'truncated-name',
  detail: `${count} neighbour(s) have a name of exactly 20 characters, where the table cuts them. Read the detailed output instead.`,
});

const tidy = (text: string | undefined): string | undefined =>
  text?.replaceAll(/\s+/g, ' ').trim().slice(0, 200).toWellFormed() || undefined;

/** The neighbours as they are kept with the device: one row per port and neighbour, in an order that does not depend on the file's. */
export const neighbourRows = (neighbours: readonly Neighbour[]): Record<string, string>[] => {
  const rows = neighbours.slice(0, mostRows).map((one) => {
    const row = {
      localPort: portName(one.localPort),
      remotePort: portName(one.remotePort),
      remoteSystem: tidy(one.system),
      remoteChassis: portName(one.chassis),
      address: tidy(one.addresses?.[0]),
      platform: tidy(one.platform),
      description: tidy(one.description),
    };
    return Object.fromEntries(Object.entries(row).flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])));
  });
  const keyed = new Map(rows.map((row) => [JSON.stringify(row), row as Record<string, string>]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
};
