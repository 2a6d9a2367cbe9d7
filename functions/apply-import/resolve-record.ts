import { ciClasses } from '../../domain/ci/ci-classes.ts';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { type Considered, considerRules } from '../../domain/identity/consider.ts';
import type { KnownDevice } from '../../domain/identity/device.ts';
import { type Identifier, identifierTypes } from '../../domain/identity/identifier.ts';
import { type Resolution, type ResolveInput, resolveIdentity } from '../../domain/identity/resolve.ts';
import { devicesContradict } from '../../domain/identity/vetoes.ts';
import { continuesAsset } from '../../domain/import/new-board.ts';
import type { KnownPair } from '../../domain/import/record-input.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';
import { sightingsOf } from '../../domain/merge/proposal.ts';
import { identifiersIn } from './identifiers.ts';
import { candidatesOf, deviceOf, pairOf, type State } from './state.ts';

/** Who a record is about, and the asset and CI that it continues. */
export type Resolved = { resolution: Resolution; known: KnownPair; nativeKnown: boolean };

/** Asks identity, with the device of the source's own name for the thing and all holders of the record's claims. */
export const resolveRecord = (record: DiscoveryRecord, identifiers: readonly Identifier[], state: State): Resolved => {
  const entry = state.entries.get(record.nativeKey)?.value;
  const native = entry === undefined ? undefined : deviceOf(pairOf(state, continued(entry, record, identifiers)));
  const ruled = ruledOn(record, state, native !== undefined);
  if (ruled !== undefined) return ruled;
  const asked = questionOf(record, identifiers, state, native);
  const { candidates } = asked;
  const among = (keep: (device: KnownDevice) => boolean): Resolution => {
    const { nativeDevice, ...rest } = asked;
    const isNative = nativeDevice !== undefined && keep(nativeDevice);
    const kept = candidates.filter(({ device }) => keep(device));
    return resolveIdentity({ ...rest, candidates: kept, ...(isNative ? { nativeDevice } : {}) });
  };

  const devices = [...candidates.map(({ device }) => device), ...(native === undefined ? [] : [native])];
  const nativeKnown = native !== undefined;
  if (record.assetKind !== undefined && devices.some(isAssetOnly) && devices.some(isCiOnly)) {
    const halves = matchHalves(among);
    if (halves !== undefined) {
      const { assetId, ciId } = halves;
      const known = { asset: state.assets.get(assetId)?.value, ci: state.cis.get(ciId)?.value };
      return { resolution: halves.resolution, known, nativeKnown };
    }
  }
  const resolution = among(() => true);
  noteSightings(record, resolution, state);
  return { resolution, known: resolution.kind === 'match' ? pairOf(state, resolution.device) : {}, nativeKnown };
};

const questionOf = (
  record: DiscoveryRecord,
  identifiers: readonly Identifier[],
  state: State,
  native: KnownDevice | undefined,
): ResolveInput => {
  const { nature, partial, half, nativeKey, ciClass } = record;
  return {
    ...{ nature, partial, half, nativeKey, identifiers },
    ...(ciClass === undefined ? {} : { ciClass }),
    candidates: candidatesOf(state, identifiers),
    ...(native === undefined ? {} : { nativeDevice: native }),
    continues: ({ assetId = '' }) => continuesAsset(record, state.assets.get(assetId)?.value),
  };
};

/** How far each identity rule came with a record, before anything was decided of it. */
export const considerRecord = (record: DiscoveryRecord, source: string, state: State): Considered[] => {
  const identifiers = identifiersIn(record, source);
  const entry = state.entries.get(record.nativeKey)?.value;
  const native = entry === undefined ? undefined : deviceOf(pairOf(state, continued(entry, record, identifiers)));
  return considerRules(questionOf(record, identifiers, state, native));
};

/** What a person has decided comes before identity. A thing that is gone by now is no answer. */
const ruledOn = ({ recordIndex, nativeKey }: DiscoveryRecord, state: State, nativeKnown: boolean) => {
  const ruling = state.rulings.get(recordIndex);
  if (ruling?.decision === 'create')
    return { resolution: { kind: 'new' as const, rule: 'resolution' }, known: {}, nativeKnown };
  const known = ruling === undefined ? {} : pairOf(state, ruling);
  const device = deviceOf(known);
  if (device === undefined) return undefined;
  const identifiers = [{ type: 'nativeKey' as const, value: nativeKey }];
  return { resolution: { kind: 'match' as const, device, rule: 'resolution', identifiers }, known, nativeKnown };
};

/**
 * What a source's own name for a thing stands for: the hardware when the record names hardware, so that it is known again after a swap;
 * otherwise the CI, whatever realises it now. A partial record need not name what it speaks of.
 */
const continued = (
  { assetId, ciId }: SourceEntry,
  { partial }: DiscoveryRecord,
  identifiers: readonly Identifier[],
): { assetId?: string | undefined; ciId?: string | undefined } =>
  ciId === undefined || partial || identifiers.some(namesHardware) ? { assetId, ciId } : { ciId };

const namesHardware = ({ type, strength }: Identifier): boolean =>
  identifierTypes[type].owner === 'hardware' && (strength === 'strong' || strength === 'medium');

const isAssetOnly = ({ assetId, ciId }: KnownDevice): boolean => assetId !== undefined && ciId === undefined;
const isCiOnly = ({ assetId, ciId }: KnownDevice): boolean => assetId === undefined && ciId !== undefined;

/**
 * A record may be the first to name both halves of a device: the serial that the book knows and the address that the network knows.
 * They are no two candidates then. Undefined unless exactly one asset without CI and one CI without asset fit, nothing else does,
 * and the two do not contradict each other: so the outcome does not depend on which of the three records comes first.
 */
const matchHalves = (among: (keep: (device: KnownDevice) => boolean) => Resolution) => {
  const [asset, ci] = [among(isAssetOnly), among(isCiOnly)];
  const rest = among((device) => !isAssetOnly(device) && !isCiOnly(device));
  if (asset.kind !== 'match' || ci.kind !== 'match' || rest.kind === 'match' || rest.kind === 'ambiguous') {
    return undefined;
  }
  const { assetId } = asset.device;
  const { ciId, ciClass } = ci.device;
  const fits = ciClass === undefined || ciClass === 'unmanaged' || ciClasses[ciClass].asset;
  if (assetId === undefined || ciId === undefined || !fits || devicesContradict(asset.device, ci.device))
    return undefined;
  const first = ci.rule === 'native-key' ? ci : asset;
  const identifiers = [...first.identifiers, ...(first === ci ? asset : ci).identifiers];
  return { assetId, ciId, resolution: { ...first, identifiers } };
};

/** Things that the record leads to and that may be one: a person is asked whether to merge them. */
const noteSightings = ({ recordIndex, nativeKey }: DiscoveryRecord, resolution: Resolution, state: State): void => {
  const { run, sightings } = state;
  sightings.delete(recordIndex);
  if (resolution.kind !== 'ambiguous' || run === undefined) return;
  const found = sightingsOf(resolution.mergeable ?? [], { ...run, nativeKey, recordIndex });
  if (found.length > 0) sightings.set(recordIndex, found);
};
