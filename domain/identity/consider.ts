import type { Identifier } from './identifier.ts';
import { compareAll, type ResolveInput } from './resolve.ts';
import { mediumRules, type Rule, strongRules, weakRule } from './rules.ts';

/** How far one identity rule came with a record: what it was asked of, and why it did not decide. */
export type Considered = {
  rule: string;
  result: 'matched' | 'no-match' | 'several' | 'contradicted' | 'not-usable';
  why: string;
};

const longestWhy = 300;
const mostNamed = 3;

/**
 * Every rule in order of preference, up to the one that decides: what it found and why it did not do. Fewer than twenty, each with a
 * bounded sentence; told of plans only, since it costs as much as deciding again.
 */
export const considerRules = (input: ResolveInput): Considered[] => {
  const compared = compareAll(input);
  const told: Considered[] = [];
  const tell = (rule: string, result: Considered['result'], why: string) =>
    told.push({ rule, result, why: why.slice(0, longestWhy) });
  const native = compared.find((one) => one.native);
  if (native === undefined) tell('native-key', 'no-match', 'The source has not named it so before.');
  else if (native.contradictions.length > 0) tell('native-key', 'contradicted', native.contradictions.join('; '));
  else tell('native-key', 'matched', `The source calls ${native.device.deviceId} so.`);
  for (const rule of [...strongRules, ...mediumRules, weakRule]) {
    if (told.at(-1)?.result === 'matched') break;
    const usable = rule.match(input.identifiers.filter(({ strength }) => strength !== 'rejected'));
    if (usable.length === 0) {
      const why = unusable(rule, input.identifiers);
      if (why !== undefined) tell(rule.name, 'not-usable', why);
      continue;
    }
    const fitting = compared.filter(({ shared }) => rule.match(shared).length > 0);
    const [only, ...others] = fitting;
    if (only === undefined) tell(rule.name, 'no-match', `Nothing known has ${list(usable)}.`);
    else if (others.length > 0) tell(rule.name, 'several', `${list(usable)} leads to ${ids(fitting)}.`);
    else if (only.contradictions.length > 0)
      tell(rule.name, 'contradicted', `${only.device.deviceId}: ${only.contradictions.join('; ')}`);
    else tell(rule.name, 'matched', `${list(usable)} leads to ${only.device.deviceId}.`);
  }
  return told;
};

/** Why the record has nothing that the rule could use, where it has something of the kind. */
const unusable = (rule: Rule, identifiers: readonly Identifier[]): string | undefined => {
  const wanted = identifiers.flatMap((one) => {
    const isKind = rule.match([{ ...one, strength: 'strong' }]).length > 0;
    return isKind ? [`${one.type} ${one.value}: ${one.reason ?? 'too weak to decide alone'}`] : [];
  });
  return wanted.length === 0 ? undefined : wanted.slice(0, mostNamed).join('; ');
};

const list = (identifiers: readonly Identifier[]): string =>
  identifiers
    .slice(0, mostNamed)
    .map(({ type, value }) => `${type} ${value}`)
    .join(', ');

const ids = (found: readonly { device: { deviceId: string } }[]): string =>
  found
    .slice(0, mostNamed)
    .map(({ device }) => device.deviceId)
    .sort()
    .join(' and ');
