import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { StoredMerge, Unmerge } from '../../domain/merge/merge.ts';
import type { Hearing, SideName } from '../../domain/merge/split-facets.ts';
import { namesSince, splitAssets, splitCis } from '../../domain/merge/unmerge-things.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { bindingEntity } from '../bindings/entity.ts';
import type { RequestScope } from '../http/serve.ts';
import { digest } from '../shared/digest.ts';
import { latestOf } from '../store/unit-of-work.ts';
import { closeProposals } from './close-proposals.ts';
import { mergeEntity } from './entity.ts';
import { holdingsOf } from './holdings.ts';
import { checkSettled, checkUnmerge, loadTaken, type Taken, type TakenThings } from './load-unmerge.ts';
import { reassignClaims } from './move-claims.ts';
import { writesPerEdge } from './move-edges.ts';
import { moveEdgesBack } from './move-edges-back.ts';
import { giveNamesBack, loadSpoken } from './names-back.ts';
import { rebind } from './rebind.ts';
import { beginRest, stageRecord } from './rest.ts';
import { refuseRunning } from './running.ts';
import { room, type Staged } from './stage-merge.ts';
import { stageThings } from './stage-things.ts';

/** Stages that a merge is taken back. Throws `conflict` where it cannot be, with what cannot be told apart. */
export const stageUnmerge = async (
  { work, now, principal }: Pick<RequestScope, 'work' | 'now' | 'principal'>,
  mergeId: string,
  { reason, untold: choice }: Unmerge,
): Promise<Staged> => {
  const stored = await work.load(mergeEntity, mergeId);
  const merge = stored.value;
  checkSettled(merge);
  const taken = await loadTaken(work, merge);
  checkUnmerge(merge, taken);
  await refuseRunning(
    work,
    taken.cis.map(({ now: ci }) => ci.value.ciId),
  );
  const names = await loadSpoken(work, merge, taken, choice);
  const at = latestOf(now, ...[...taken.cis, ...taken.assets].map((one) => one.now));
  const spoke = (source: string): ReadonlySet<SideName> =>
    new Set(names.filter(({ entry, isNews }) => isNews && entry.value.source === source).flatMap(({ sides }) => sides));
  const apart = takeApart(merge, taken, { spoke, choice }, { now: at, digest });
  const bound = await rebind(work, merge, apart, at);

  const when = { at, reason };
  const sides = [...taken.cis.map((one) => ({ ci: one.now })), ...taken.assets.map((one) => ({ asset: one.now }))];
  const written = stageThings(work, sides, bound, when);
  const closed = bound.close.map((one) =>
    work.replace(bindingEntity, one.stored, one.next, { type: 'AssetUnbound', ...when }),
  );
  const [opened] = bound.open.map((one) => work.create(bindingEntity, one, { type: 'AssetBound', ...when }));
  const edges = await moveEdgesBack(work, merge.edges, when);
  const moved = giveNamesBack(work, merge, names);
  const spare = Math.max(0, room - edges * writesPerEdge - moved);
  const identifiers = await reassignClaims(
    work,
    written.things.map(({ id }) => id),
    holdingsOf(written),
    holdingsOf({ cis: taken.cis.map((one) => one.now), assets: taken.assets.map((one) => one.now) }),
    spare,
  );
  const unmerged = { by: principal.subject, at, ...(reason === undefined ? {} : { reason }) };
  const rest = beginRest('unmerging', {
    pages: merge.pages ?? 0,
    edgesWait: (merge.pages ?? 0) > 0,
    claimsWait: identifiers > spare,
  });
  const next: StoredMerge = {
    ...merge,
    state: rest === undefined ? 'unmerged' : 'unmerging',
    unmerged,
    ...(rest === undefined ? {} : { rest }),
  };
  stageRecord(work, stored, next, when);
  return {
    ...written,
    merge: next,
    before: { cis: taken.cis.map((one) => one.now), assets: taken.assets.map((one) => one.now) },
    closed,
    ...(opened === undefined ? {} : { opened }),
    contradictions: [],
    proposals: await closeProposals(work, next, 'kept-apart', { by: principal.subject, at, reason }),
    moved: { identifiers, relationships: edges, sources: moved },
  };
};

type Apart = { cis: Ci[]; assets: Asset[] };

/** Survivor and absorbed as they were; what merely took part keeps what came to it since. */
const takeApart = (
  merge: StoredMerge,
  { cis, assets }: TakenThings,
  hearing: Hearing,
  writing: { now: string; digest: typeof digest },
): Apart => {
  const versions = <T>({ before, after, now }: Taken<T>) => ({ before, after, now: now.value });
  const untold: string[] = [];
  const apart: Apart = { cis: [], assets: [] };
  const ciOf = (id: string | undefined) => cis.find(({ now }) => now.value.ciId === id);
  const assetOf = (id: string | undefined) => assets.find(({ now }) => now.value.assetId === id);
  const [survivor, absorbed] = [ciOf(merge.survivor.ciId), ciOf(merge.absorbed.ciId)];
  if (survivor !== undefined && absorbed !== undefined) {
    const split = splitCis(versions(survivor), withoutBinding(absorbed.before), hearing, writing);
    apart.cis.push(split.survivor, split.absorbed);
    untold.push(...split.untold);
  }
  const [mine, theirs] = [assetOf(merge.survivor.assetId), assetOf(merge.absorbed.assetId)];
  if (mine !== undefined && theirs !== undefined) {
    const split = splitAssets(versions(mine), withoutBinding(theirs.before), hearing, writing);
    apart.assets.push(split.survivor, split.absorbed);
    untold.push(...split.untold);
  }
  const others = <T extends Ci | Asset>(all: readonly Taken<T>[], done: readonly (Taken<T> | undefined)[]) =>
    all
      .filter((one) => !done.includes(one))
      .map((one) => ({ ...one.now.value, identifiers: namesSince(versions(one)) }));
  apart.cis.push(...others(cis, [survivor, absorbed]));
  apart.assets.push(...others(assets, [mine, theirs]));
  if (untold.length === 0) return apart;
  throw new Problem('conflict', `${untold.length} thing(s) said since cannot be told apart.`, {
    errors: untold.slice(0, 100).map((what) => ({ pointer: '#/body/untold', detail: what })),
    fix: 'Send untold: "survivor" or "absorbed" to say whose they are.',
  });
};

const withoutBinding = <T extends { binding?: unknown }>(thing: T): T => {
  const { binding: _binding, ...rest } = thing;
  return rest as T;
};
