import type { KnownDevice } from './device.ts';
import { type CompactIdentifier, claimKeyOf, type Identifier, identifierTypes, parseCompact } from './identifier.ts';
import { normaliseIdentifier } from './normalise.ts';

/** A known device that a record might be, and the claim keys of the record's identifiers that it holds. */
export type Candidate = { device: KnownDevice; claims: readonly string[] };

/** A candidate made ready for comparing. */
export type Known = {
  device: KnownDevice;
  native: boolean;
  claims: ReadonlySet<string>;
  held: readonly CompactIdentifier[];
};

/** The candidates by device, one entry each; the device of the native key is one of them. */
export const gatherKnown = (candidates: readonly Candidate[], nativeDevice: KnownDevice | undefined): Known[] => {
  const all = nativeDevice === undefined ? candidates : [{ device: nativeDevice, claims: [] }, ...candidates];
  const ids = [...new Set(all.map(({ device }) => device.deviceId))];
  return ids.flatMap((id) => {
    const same = all.filter(({ device }) => device.deviceId === id);
    const device = same[0]?.device;
    if (device === undefined) return [];
    const held = same
      .flatMap((candidate) => candidate.device.identifiers)
      .filter(isCompact)
      .map(parseCompact);
    const native = id === nativeDevice?.deviceId;
    return [{ device, native, claims: new Set(same.flatMap(({ claims }) => claims)), held }];
  });
};

const isCompact = (text: string): boolean => Object.hasOwn(identifierTypes, text.split('|', 1)[0] ?? '');

/**
 * Whether the device holds the identifier: by claim, or in its own list when the identifier is unique without a feed.
 * The same serial of another vendor, or the same tag of another company, is another thing; an unknown one fits.
 */
export const holds = ({ claims, held }: Known, identifier: Identifier): boolean => {
  const same = held.filter(({ type, value }) => type === identifier.type && value === identifier.value);
  const claimed = claims.has(claimKeyOf(identifier)) || (identifier.scope === undefined && same.length > 0);
  if (!claimed || same.length === 0 || !identifierTypes[identifier.type].qualified) return claimed;
  const mine = identifier.qualifier ?? '';
  return same.some(({ qualifier }) => mine === '' || qualifier === '' || qualifier === mine);
};

const neutral = { feed: '', nature: 'unknown', container: false } as const;

/** The values of a type that the device holds and that are strong: a stored placeholder neither matches nor contradicts. */
export const strongValuesOf = ({ held }: Known, type: Identifier['type']): string[] =>
  held
    .filter((one) => one.type === type && normaliseIdentifier(one, neutral)?.strength === 'strong')
    .map(({ value }) => value);
