import type { DiscoveryRecord, RawRelation } from '../discovery/record.ts';
import { canonical } from '../shared/canonical.ts';
import type { Digest } from '../shared/id.ts';

/** Stands for who the record is about: identifiers, class, name; of a deletion also for when that was. */
export const identitySection = '@identity';
export const relationsSection = '@relations';

/** Is this a section of facts, and not one of the two that stand for identity and relations? */
export const isFactSection = (name: string): boolean => !name.startsWith('@');

/** Hashes by section: what the source index keeps, and what "unchanged" is decided by. 80 bits each. */
export type Fingerprint = Record<string, string>;

/** One hash per section of a record. Volatile facts never get here: formats leave them out. */
export const fingerprintOf = (record: DiscoveryRecord, digest: Digest): Fingerprint => {
  const hash = (content: unknown) => digest(canonical(content)).slice(0, 16);
  const names = new Set([...Object.keys(record.sections), ...Object.keys(record.details ?? {})]);
  const sections = [...names].map((name) => [name, hash([record.sections[name], record.details?.[name]])]);
  const { identifiers, ciClass, nature, assetKind, name, relations } = record;
  const deleted = record.action === 'delete' ? ['deleted', record.observedAt] : [];
  return {
    ...Object.fromEntries(sections),
    ...(record.itam === undefined ? {} : { itam: hash(record.itam) }),
    ...(relations === undefined ? {} : { [relationsSection]: hash(relations.map(unplaced)) }),
    [identitySection]: hash([identifiers, ciClass, nature, assetKind, name, ...deleted]),
  };
};

/** Where the other end was seen is no part of the relation. */
const unplaced = ({ seenAt: _seenAt, ...relation }: RawRelation): RawRelation => relation;

/**
 * Does the record say nothing new? Compared are only the sections it carries. A partial record's identity section is left out once
 * the thing is known: it carries fewer identifiers than the full inventory, and that is no change.
 */
export const isUnchanged = (known: Fingerprint | undefined, now: Fingerprint, partial: boolean): boolean =>
  known !== undefined &&
  Object.entries(now).every(
    ([section, hash]) =>
      known[section] === hash || (partial && section === identitySection && known[section] !== undefined),
  );

/**
 * The fingerprint to keep: sections the record carries replace, others stay. So do `stale` ones, which were not applied: were their
 * old content remembered as the last word, it would count as unchanged when it comes again as the newest.
 */
export const mergeFingerprint = (
  known: Fingerprint | undefined,
  now: Fingerprint,
  partial: boolean,
  stale: readonly string[] = [],
): Fingerprint => {
  const isNameStale = stale.some((name) => name === 'device' || name === 'listing');
  const kept = [...stale, ...(partial || isNameStale ? [identitySection] : [])];
  return {
    ...known,
    ...now,
    ...Object.fromEntries(kept.flatMap((name) => (known?.[name] === undefined ? [] : [[name, known[name]]]))),
  };
};

/** One hash of a whole fingerprint: equal where all sections are. */
export const wholePrintOf = (fingerprint: Fingerprint, digest: Digest): string =>
  digest(canonical(fingerprint)).slice(0, 16);
