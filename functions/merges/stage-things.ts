import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { StoredMerge } from '../../domain/merge/merge.ts';
import type { Merged } from '../../domain/merge/merge-things.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import type { LoadedSide } from './load-sides.ts';

/** The CIs and assets that an act wrote, as they are stored now; `things` with their versions before and after. */
export type Written = { cis: Stored<Ci>[]; assets: Stored<Asset>[]; things: StoredMerge['things'] };

/** Stages the CIs and assets of a merge. The event of what was absorbed says what it was merged into. */
export const stageThings = (
  work: UnitOfWork,
  sides: readonly LoadedSide[],
  { cis, assets }: Pick<Merged, 'cis' | 'assets'>,
  when: { at: string; reason?: string | undefined },
): Written => {
  const storedCis = new Map(sides.flatMap(({ ci }) => (ci === undefined ? [] : [[ci.value.ciId, ci] as const])));
  const storedAssets = new Map(
    sides.flatMap(({ asset }) => (asset === undefined ? [] : [[asset.value.assetId, asset] as const])),
  );
  const things: StoredMerge['things'] = [];
  const note = (id: string, before: number, after: number) => things.push({ id, before, after });
  const writtenCis = cis.flatMap((next) => {
    const stored = storedCis.get(next.ciId);
    if (stored === undefined) return [];
    const type = ciChange(stored.value, next);
    const written = work.replace(ciEntity, stored, next, { type, ...when });
    note(next.ciId, stored.version, written.version);
    return [written];
  });
  const writtenAssets = assets.flatMap((next) => {
    const stored = storedAssets.get(next.assetId);
    if (stored === undefined) return [];
    const type = assetChange(stored.value, next);
    const written = work.replace(assetEntity, stored, next, { type, ...when });
    note(next.assetId, stored.version, written.version);
    return [written];
  });
  return { cis: writtenCis, assets: writtenAssets, things };
};

const ciChange = (before: Ci, after: Ci): string => {
  if (before.mergedInto === after.mergedInto) return 'CiUpdated';
  return after.mergedInto === undefined ? 'CisUnmerged' : 'CisMerged';
};

const assetChange = (before: Asset, after: Asset): string => {
  if (before.mergedInto !== after.mergedInto) return after.mergedInto === undefined ? 'AssetsUnmerged' : 'AssetsMerged';
  return before.status === after.status ? 'AssetUpdated' : 'AssetStatusChanged';
};
