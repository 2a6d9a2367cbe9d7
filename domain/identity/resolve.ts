import { type CiClassName, ciClasses } from '../ci/ci-classes.ts';
import type { DiscoveryRecord } from '../discovery/record.ts';
import type { KnownDevice } from './device.ts';
import { type Identifier, type IdentifierType, identifierTypes } from './identifier.ts';
import { type Candidate, gatherKnown, holds, type Known } from './known.ts';
import { isNewBoard, newBoardRule } from './new-board.ts';
import { mediumRules, type Rule, strongRules, weakRule } from './rules.ts';
import { strongestOf } from './strongest.ts';
import { contradictionsOf } from './vetoes.ts';

/**
 * What identity is decided from. `nativeDevice` is the device that the source's native key was bound to before, `candidates` the holders
 * of the record's claims; a device without identifiers of its own is matched by claims alone.
 */
export type ResolveInput = {
  identifiers: readonly Identifier[];
  nativeKey?: string;
  nativeDevice?: KnownDevice;
  candidates: readonly Candidate[];
  ciClass?: CiClassName;
  /** May the record be a later state of the device, of the same model? Asked of a device with another UUID only. */
  continues?: (device: KnownDevice) => boolean;
} & Pick<DiscoveryRecord, 'nature' | 'partial' | 'half'>;

/**
 * The decision. `rule` is a stable name. `strongest` is what the new thing's deterministic id is made of; absent when the thing
 * (a book record, a logical thing) can only be named by its source's native key.
 */
export type Resolution =
  | {
      kind: 'match';
      device: KnownDevice;
      rule: string;
      identifiers: { type: IdentifierType | 'nativeKey'; value: string }[];
    }
  | { kind: 'new'; rule: string; strongest?: Identifier }
  | { kind: 'ambiguous'; candidates: AmbiguousCandidate[]; mergeable?: Mergeable[] }
  | { kind: 'held'; reason: string };

type AmbiguousCandidate = { device: KnownDevice; evidence: string[] };

/** Devices that a record names by strong identifiers, nothing of which contradicts another: they may be one. By which rule, on what. */
export type Mergeable = { device: KnownDevice; rule: string; identifiers: { type: IdentifierType; value: string }[] };

/** A known device beside what it shares with the record and what speaks against it. */
export type Compared = Known & { shared: readonly Identifier[]; contradictions: readonly string[] };

/**
 * Decides which known thing a record is. The order of identifiers and candidates never matters, nothing is thrown,
 * and two possible things are never a match. All strong identifiers are compared, not only those of the first rule that fits.
 * Rules: architecture.md "Identity", discovery-formats.md section 33.
 */
export const resolveIdentity = (input: ResolveInput): Resolution => {
  const usable = usableOf(input);
  const compared = compareAll(input);
  return byStrong(compared, input) ?? byMedium(compared) ?? withoutMatch(input, usable, compared);
};

const usableOf = ({ identifiers }: ResolveInput): Identifier[] =>
  identifiers.filter(({ strength }) => strength !== 'rejected').sort(byType);

/** Every device that the record might be, beside what both share and what speaks against it. */
export const compareAll = (input: ResolveInput): Compared[] => {
  const usable = usableOf(input);
  return gatherKnown(input.candidates, input.nativeDevice).map((known): Compared => {
    const shared = usable.filter((identifier) => holds(known, identifier));
    return { ...known, shared, contradictions: contradictionsOf(usable, input.ciClass, known, shared) };
  });
};

const byStrong = (compared: readonly Compared[], input: ResolveInput): Resolution | undefined => {
  const { nativeKey } = input;
  const hits = compared.filter(
    ({ native, shared }) => native || strongRules.some(({ match }) => match(shared).length > 0),
  );
  const [only, ...others] = hits;
  if (only === undefined) return undefined;
  if (others.length === 0 && hasNewBoard(input, only)) {
    const identifiers = only.shared.flatMap(({ type, value }) => (type === 'serial' ? [{ type, value }] : []));
    return { kind: 'match', device: only.device, rule: newBoardRule, identifiers };
  }
  if (others.length > 0 || only.contradictions.length > 0) return { ...ambiguous(hits), mergeable: mergeableOf(hits) };
  if (!only.native) return matchBy(only, strongRules);
  const identifiers = nativeKey === undefined ? [] : [{ type: 'nativeKey' as const, value: nativeKey }];
  return { kind: 'match', device: only.device, rule: 'native-key', identifiers };
};

/** A device that something contradicts merely shares a dock, a name or a cloned key with the record: it does not take part. */
const byMedium = (compared: readonly Compared[]): Resolution | undefined => {
  const possible = compared.filter(({ contradictions }) => contradictions.length === 0);
  for (const rules of [mediumRules, [weakRule]]) {
    const fitting = rules.map(({ match }) => possible.filter(({ shared }) => match(shared).length > 0));
    const singled = new Set(fitting.filter(({ length }) => length === 1).flat());
    const [only] = singled;
    if (singled.size > 1) return ambiguous([...singled]);
    if (only !== undefined) return matchBy(only, rules, fitting);
  }
  const rules = [...mediumRules, weakRule];
  const several = possible.filter(({ shared }) => rules.some(({ match }) => match(shared).length > 0));
  return several.length > 0 ? ambiguous(several) : undefined;
};

const matchBy = (
  one: Compared,
  rules: readonly Rule[],
  fitting?: readonly (readonly Compared[])[],
): Resolution | undefined => {
  const rule = rules.find(({ match }, at) => match(one.shared).length > 0 && (fitting?.[at]?.length ?? 1) === 1);
  if (rule === undefined) return undefined;
  const identifiers = rule.match(one.shared).map(({ type, value }) => ({ type, value }));
  return { kind: 'match', device: one.device, rule: rule.name, identifiers };
};

const hasNewBoard = (input: ResolveInput, only: Compared): boolean =>
  only.contradictions.length > 0 &&
  input.nature !== 'virtual' &&
  !input.partial &&
  isNewBoard(input.identifiers, only) &&
  input.continues?.(only.device) === true;

const mergeableOf = (hits: readonly Compared[]): Mergeable[] =>
  hits
    .filter(({ contradictions }) => contradictions.length === 0)
    .map(({ device, shared }) => {
      const rule = strongRules.find(({ match }) => match(shared).length > 0);
      const identifiers = (rule?.match(shared) ?? []).map(({ type, value }) => ({ type, value }));
      return { device, rule: rule?.name ?? 'native-key', identifiers };
    })
    .sort((a, b) => (a.device.deviceId < b.device.deviceId ? -1 : 1));

const ambiguous = (hits: readonly Compared[]): Extract<Resolution, { kind: 'ambiguous' }> => ({
  kind: 'ambiguous',
  candidates: hits
    .map(({ device, native, shared, contradictions }) => ({
      device,
      evidence: [
        ...(native ? ['source native key agrees'] : []),
        ...shared.map(({ type, value }) => `${type} ${value} agrees`),
        ...contradictions,
      ],
    }))
    .sort((a, b) => (a.device.deviceId < b.device.deviceId ? -1 : 1)),
});

/** An identifier that another thing holds names that thing, so the new one's id is not made of it. */
const withoutMatch = (
  input: ResolveInput,
  usable: readonly Identifier[],
  compared: readonly Compared[],
): Resolution => {
  const taken = new Set(compared.flatMap(({ shared }) => shared));
  const strongest = strongestOf(
    usable.filter((identifier) => !taken.has(identifier)),
    input.nature,
  );
  if (strongest?.strength === 'strong') return { kind: 'new', rule: 'new-by-strong-identifier', strongest };
  const alwaysMade = input.half === 'book' || isLogical(input);
  if (strongest !== undefined && (alwaysMade || !input.partial)) {
    return { kind: 'new', rule: 'new-by-medium-identifier', strongest };
  }
  if (alwaysMade) return { kind: 'new', rule: 'new-by-native-key' };
  const types = [...new Set(usable.map(({ type }) => type))].join(', ') || 'none that is usable';
  const lack = input.partial
    ? 'a partial record of an unknown thing needs a strong identifier'
    : 'nothing names it alone';
  return { kind: 'held', reason: `${lack}; identifiers: ${types}` };
};

const isLogical = ({ ciClass, nature }: ResolveInput): boolean =>
  nature === 'virtual' || nature === 'logical' || (ciClass !== undefined && ciClasses[ciClass].layer !== 'physical');

const types = Object.keys(identifierTypes);
const byType = (a: Identifier, b: Identifier): number =>
  types.indexOf(a.type) - types.indexOf(b.type) || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
