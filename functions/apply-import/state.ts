import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { KnownDevice } from '../../domain/identity/device.ts';
import { claimKeyOf, type Identifier } from '../../domain/identity/identifier.ts';
import type { Candidate } from '../../domain/identity/known.ts';
import type { KnownPair } from '../../domain/import/record-input.ts';
import type { SourceEntry } from '../../domain/import/source-index.ts';
import type { Sighting } from '../../domain/merge/proposal.ts';
import { byDefaultRules, type Viewing } from '../../domain/reconcile/decide-value.ts';
import type { Ruling } from '../../domain/review/review.ts';
import type { Claim } from '../lookup/entity.ts';
import type { Stored } from '../store/entity.ts';

/** What is known of everything a batch of records may touch. Later records of the batch see what earlier ones decided. */
export type State = {
  entries: Map<string, Stored<SourceEntry>>;
  claims: Map<string, Stored<Claim>>;
  assets: Map<string, Stored<Asset>>;
  cis: Map<string, Stored<Ci>>;
  /** What is decided of records before identity is asked, by their index. */
  rulings: ReadonlyMap<number, Ruling>;
  /** Pairs of things that ambiguous records lead to, by their index. */
  sightings: Map<number, Sighting[]>;
  /** Names that the source has for CIs that others were merged into, by their id; only where something is deleted. */
  otherNames: Map<string, string[]>;
  /** Of which run the records are; none where nothing is decided. */
  run?: { source: string; runId: string };
  /** By which rules it is told what a record changes. */
  viewing: Viewing;
};

export const emptyState = (): State => ({
  entries: new Map(),
  claims: new Map(),
  assets: new Map(),
  cis: new Map(),
  rulings: new Map(),
  sightings: new Map(),
  otherNames: new Map(),
  viewing: byDefaultRules,
});

const mostMerges = 20;

/** What an id stands for now: the thing itself, or what it was merged into, however often. */
export const standing = <T extends { mergedInto?: string | undefined }>(
  known: ReadonlyMap<string, Stored<T>>,
  id: string | undefined,
): T | undefined => {
  let found = id === undefined ? undefined : known.get(id)?.value;
  for (let n = 0; n < mostMerges && found?.mergedInto !== undefined; n += 1) found = known.get(found.mergedInto)?.value;
  return found;
};

type Ids = { assetId?: string | undefined; ciId?: string | undefined };

/** The device that an asset id or CI id stands for now: an asset with the CI it realises, or a CI with the asset that realises it. */
export const pairOf = (state: State, ids: Ids): KnownPair => {
  const found = standing(state.cis, ids.ciId);
  const asset = standing(state.assets, ids.assetId ?? found?.binding?.assetId);
  return { asset, ci: asset === undefined ? found : standing(state.cis, asset.binding?.ciId) };
};

export const deviceOf = ({ asset, ci }: KnownPair): KnownDevice | undefined => {
  const deviceId = asset?.assetId ?? ci?.ciId;
  if (deviceId === undefined) return undefined;
  return {
    deviceId,
    ...(asset === undefined ? {} : { assetId: asset.assetId }),
    ...(ci === undefined ? {} : { ciId: ci.ciId, ciClass: ci.class }),
    identifiers: [...(asset?.identifiers ?? []), ...(ci?.identifiers ?? [])],
  };
};

/** The devices that hold claims on the record's identifiers. A claim whose holder was never written names nobody. */
export const candidatesOf = (state: State, identifiers: readonly Identifier[]): Candidate[] => {
  const claimed = new Map<string, { device: KnownDevice; claims: string[] }>();
  for (const key of new Set(identifiers.map(claimKeyOf))) {
    for (const holder of state.claims.get(key)?.value.holders ?? []) {
      const device = deviceOf(pairOf(state, holder));
      if (device === undefined) continue;
      const candidate = claimed.get(device.deviceId) ?? { device, claims: [] };
      candidate.claims.push(key);
      claimed.set(device.deviceId, candidate);
    }
  }
  return [...claimed.values()];
};
