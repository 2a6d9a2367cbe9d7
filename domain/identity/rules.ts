import type { Identifier, IdentifierType } from './identifier.ts';

/** A rule looks at what record and device share and returns the identifiers it rests on, or none. */
export type Rule = { name: string; match: (shared: readonly Identifier[]) => readonly Identifier[] };

const ofTypes =
  (strengths: readonly Identifier['strength'][], ...types: IdentifierType[]) =>
  (shared: readonly Identifier[]): readonly Identifier[] =>
    shared.filter(({ type, strength }) => types.includes(type) && strengths.includes(strength));

const strong = (...types: IdentifierType[]) => ofTypes(['strong'], ...types);
const medium = (...types: IdentifierType[]) => ofTypes(['strong', 'medium'], ...types);

const both = (shared: readonly Identifier[]): readonly Identifier[] => {
  const [uuids, serials] = [strong('uuid')(shared), strong('serial')(shared)];
  return uuids.length > 0 && serials.length > 0 ? [...serials, ...uuids] : [];
};

/** A name and one fact that does not follow from the name. An FQDN does. */
const nameAndFact = (shared: readonly Identifier[]): readonly Identifier[] => {
  const names = shared.filter(({ type }) => type === 'hostname');
  const facts = shared.filter(({ type }) => type !== 'hostname' && type !== 'fqdn');
  return names.length > 0 && facts.length > 0 ? [...names, ...facts] : [];
};

/** Rules that identify alone, in order of preference (discovery-formats.md section 33). */
export const strongRules: readonly Rule[] = [
  { name: 'cloud-id', match: strong('cloudId', 'k8sUid') },
  { name: 'uuid-and-serial', match: both },
  { name: 'serial', match: strong('serial') },
  { name: 'uuid', match: strong('uuid') },
  { name: 'imei-or-udid', match: strong('imei', 'udid') },
  { name: 'asset-tag', match: strong('assetTag') },
];

/** Rules that identify when exactly one device that nothing contradicts fits them. */
export const mediumRules: readonly Rule[] = [
  { name: 'board-serial', match: medium('boardSerial') },
  { name: 'chassis-serial', match: medium('chassisSerial') },
  { name: 'ssh-host-key', match: medium('sshHostKey') },
  { name: 'machine-id', match: medium('machineId') },
  { name: 'permanent-mac', match: medium('mac') },
  { name: 'fqdn', match: medium('fqdn') },
];

/** The last resort, weaker than every medium rule: it never contests one. An IP alone never identifies. */
export const weakRule: Rule = { name: 'hostname-and-fact', match: nameAndFact };
