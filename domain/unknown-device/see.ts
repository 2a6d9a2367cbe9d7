import { canonical, sameContent } from '../shared/canonical.ts';
import { laterOf, type Timestamp } from '../shared/time.ts';
import type { Sighting } from './sighting.ts';
import type { DetectionReason, UnknownDevice } from './unknown-device.ts';

/** Of each kind of identifier, and of places, so many are kept: the first in text order, whichever came first. */
const mostOfAKind = 16;

/** The row after a sighting. `told`: it becomes an event, and why. */
export type Seen = { next: UnknownDevice; told?: DetectionReason };

/** The day of a moment: seeing a device again within one writes nothing. */
export const dayOf = (at: Timestamp): Timestamp => `${at.slice(0, 10)}T00:00:00.000Z`;

/**
 * The row of a device that nobody owns, after it was seen; undefined where that says nothing new. What was seen is joined without regard to
 * order, so that sightings that come late, twice or at once lead to the same row.
 */
export const see = (known: UnknownDevice | undefined, sighting: Sighting, ciId?: string): Seen | undefined => {
  if (known === undefined) {
    return {
      next: { ...factsOf(sighting), ...pointer(ciId), state: 'open', detection: 'first-seen' },
      told: 'first-seen',
    };
  }
  const { assetId: _assetId, ciId: _ciId, ...rest } = known;
  const joined: UnknownDevice = {
    ...(known.state === 'known' ? rest : known),
    ...join(known, factsOf(sighting)),
    ...pointer(ciId),
  };
  const told = reasonOf(known, sighting.at);
  if (told === 'blocked-seen') return { next: { ...joined, detection: told, toldFor: dayOf(sighting.at) }, told };
  if (told !== undefined) return { next: { ...joined, state: 'open', detection: told }, told };
  return sameContent(known, joined) ? undefined : { next: joined };
};

/** The row of a device that is found to be owned; undefined where that is known. */
export const recognise = (known: UnknownDevice, as: { ciId?: string; assetId?: string }): UnknownDevice | undefined => {
  if (known.state === 'known' || known.state === 'converted') return undefined;
  const { ciId: _ciId, assetId: _assetId, ...rest } = known;
  return { ...rest, ...as, state: 'known' };
};

const pointer = (ciId: string | undefined) => (ciId === undefined ? {} : { ciId });

const reasonOf = ({ state, decision, toldFor = '' }: UnknownDevice, at: Timestamp): DetectionReason | undefined => {
  if (state === 'known') return 'known-no-more';
  if (state === 'ignored' && at > (decision?.until ?? '')) return 'ignore-expired';
  return state === 'blocked' && at > (decision?.at ?? '') && dayOf(at) > toldFor ? 'blocked-seen' : undefined;
};

type Facts = Omit<UnknownDevice, 'state' | 'detection'>;

const factsOf = ({ at, unknownId, key, name, vendor, identifiers, seenAt }: Sighting): Facts => ({
  unknownId,
  key,
  ...(name === undefined ? {} : { name }),
  ...(vendor === undefined ? {} : { vendor }),
  identifiers: keep(identifiers, ({ type }) => type),
  seenAt: keep(seenAt, () => ''),
  firstSeenAt: at,
  lastSeenAt: dayOf(at),
});

const join = (a: Facts, b: Facts): Facts => {
  const [name, vendor] = [firstOf(a.name, b.name), firstOf(a.vendor, b.vendor)];
  return {
    unknownId: a.unknownId,
    key: a.key,
    ...(name === undefined ? {} : { name }),
    ...(vendor === undefined ? {} : { vendor }),
    identifiers: keep([...a.identifiers, ...b.identifiers], ({ type }) => type),
    seenAt: keep([...a.seenAt, ...b.seenAt], () => ''),
    firstSeenAt: [a.firstSeenAt, b.firstSeenAt].sort()[0] ?? a.firstSeenAt,
    lastSeenAt: laterOf(a.lastSeenAt, b.lastSeenAt),
  };
};

const firstOf = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || b === undefined ? (a ?? b) : a < b ? a : b;

const keep = <T>(all: readonly T[], kindOf: (one: T) => string): T[] => {
  const kept = new Map<string, number>();
  return [...new Map(all.map((one) => [canonical(one), one]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, one]) => {
      const kind = kindOf(one);
      kept.set(kind, (kept.get(kind) ?? 0) + 1);
      return (kept.get(kind) ?? 0) > mostOfAKind ? [] : [one];
    });
};
