import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { StoredMerge } from '../../domain/merge/merge.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { versionNumbered } from '../store/as-of.ts';
import type { Entity, Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

/** A thing that a merge wrote: as it was before and right after, and as it is stored now. */
export type Taken<T> = { before: T; after: T; now: Stored<T> };
export type TakenThings = { cis: Taken<Ci>[]; assets: Taken<Asset>[] };

/** Everything that the merge wrote, in three versions. Throws `conflict` while the history of that moment is not written. */
export const loadTaken = async (work: UnitOfWork, merge: StoredMerge): Promise<TakenThings> => {
  const load = <T>(entity: Entity<T, string>, prefix: string) =>
    Promise.all(
      merge.things.filter(({ id }) => id.startsWith(prefix)).map((one) => loadOne(work, entity, one, merge.at)),
    );
  const [cis, assets] = await Promise.all([load(ciEntity, 'ci_'), load(assetEntity, 'ast_')]);
  return { cis, assets };
};

const loadOne = async <T>(
  work: UnitOfWork,
  entity: Entity<T, string>,
  { id, before, after }: StoredMerge['things'][number],
  asOf: string,
): Promise<Taken<T>> => {
  const now = await work.loadEver(entity, id);
  const at = async (version: number): Promise<T> => {
    if (version === now.version) return now.value;
    const found = await versionNumbered(work.table, work.author.tenant, entity, id, { version, asOf });
    if (found !== undefined) return found.value;
    throw new Problem('conflict', `The history of ${id} is not written yet.`, { fix: 'Try again in a moment.' });
  };
  return { before: await at(before), after: await at(after), now };
};

/** Only what is done can be taken back, and once. */
export const checkSettled = ({ mergeId, state }: StoredMerge): void => {
  if (state === 'merging') {
    throw new Problem('conflict', `${mergeId} is still on its way.`, {
      fix: `Wait until GET /merges/${mergeId} says merged, then take it back.`,
    });
  }
  if (state === 'unmerging') throw new Problem('conflict', `${mergeId} is being taken back already.`);
  if (state === 'unmerged') throw new Problem('conflict', `${mergeId} was taken back already.`);
};

/** Why a merge cannot be taken back, whatever was said since. */
export const checkUnmerge = (merge: StoredMerge, { cis, assets }: TakenThings): void => {
  for (const { after, now } of [...cis, ...assets]) {
    const id = 'ciId' in now.value ? now.value.ciId : now.value.assetId;
    const isGone = id === merge.absorbed.ciId || id === merge.absorbed.assetId;
    if (now.value.mergedInto !== after.mergedInto) {
      throw new Problem('conflict', `${id} was merged into ${now.value.mergedInto} since.`, {
        fix: 'Take that merge back first.',
      });
    }
    const last = now.value.merges?.at(-1);
    if (!isGone && last !== after.merges?.at(-1)) {
      throw new Problem('conflict', `${id} has taken in something else since.`, { fix: `Take ${last} back first.` });
    }
    if (now.value.binding?.bindingId !== after.binding?.bindingId) {
      throw new Problem('conflict', `${id} has been bound or unbound since.`, {
        fix: 'Swap back, or bind as it was right after the merge, before you take it back.',
      });
    }
  }
};
