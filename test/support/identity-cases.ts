import type { CiClassName } from '../../domain/ci/ci-classes.ts';
import type { RawIdentifier } from '../../domain/discovery/record.ts';
import type { KnownDevice } from '../../domain/identity/device.ts';
import {
  claimKeyOf,
  compactIdentifier,
  type Identifier,
  type IdentifierType,
} from '../../domain/identity/identifier.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { type Resolution, type ResolveInput, resolveIdentity } from '../../domain/identity/resolve.ts';

/** `serial:SKY0001@Dell` is a serial of that vendor. */
const raw = (text: string): RawIdentifier => {
  const [type = '', rest = ''] = text.split(/:(.*)/s);
  const [value = '', qualifier] = rest.split('@');
  return { type: type as RawIdentifier['type'], value, ...(qualifier === undefined ? {} : { qualifier }) };
};

type Nature = ResolveInput['nature'];

export const identifiersOf = (texts: readonly string[], nature: Nature = 'physical', feed = 'agents'): Identifier[] =>
  normaliseIdentifiers({ identifiers: texts.map(raw), nature }, feed);

/** A known device that was built from the same kind of identifiers, and the claims that it made. */
export const known = (deviceId: string, texts: readonly string[], ciClass?: CiClassName, nature?: Nature) => {
  const identifiers = identifiersOf(texts, nature).filter(({ strength }) => strength !== 'rejected');
  const device: KnownDevice = {
    deviceId,
    identifiers: identifiers.map(compactIdentifier),
    ...(ciClass === undefined ? {} : { ciClass }),
  };
  return { device, claims: identifiers.map(claimKeyOf) };
};

/** The decision about a physical device that an agent reported whole, unless `more` says otherwise. */
export const resolve = (
  texts: readonly string[],
  candidates: ResolveInput['candidates'],
  more: Partial<ResolveInput> = {},
) =>
  resolveIdentity({
    identifiers: identifiersOf(texts, more.nature),
    candidates,
    nature: 'physical',
    partial: false,
    half: 'discovery',
    ...more,
  });

/** A decision in a few words: `match ast_1 by serial`, `ambiguous ast_1 ast_2`, `new <rule>`, `held`. */
export const brief = (resolution: Resolution): string => {
  if (resolution.kind === 'match') return `match ${resolution.device.deviceId} by ${resolution.rule}`;
  if (resolution.kind === 'ambiguous')
    return `ambiguous ${resolution.candidates.map(({ device }) => device.deviceId).join(' ')}`;
  return resolution.kind === 'new' ? `new ${resolution.rule}` : 'held';
};

/** What becomes of raw identifiers of a thing that the feed `skyways-agents` sees. */
export const normaliseAll = (
  identifiers: RawIdentifier[],
  nature: Nature = 'physical',
  container = false,
): Identifier[] => normaliseIdentifiers({ identifiers, nature, container }, 'skyways-agents');

/** What becomes of one. */
export const normaliseOne = (
  type: IdentifierType,
  value: string,
  nature: Nature = 'physical',
  qualifier?: string,
): Identifier | undefined =>
  normaliseAll([{ type, value, ...(qualifier === undefined ? {} : { qualifier }) }], nature)[0];
