import type { Asset } from '../../domain/asset/asset.ts';
import type { Binding } from '../../domain/binding/binding.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { MovedEdge, NewMerge, StoredMerge } from '../../domain/merge/merge.ts';
import { contradictionsBetween } from '../../domain/merge/merge-refusals.ts';
import { type Merged, mergeAssets, mergeCis } from '../../domain/merge/merge-things.ts';
import type { MergeProposal } from '../../domain/merge/proposal.ts';
import { setFields } from '../../domain/merge/set-fields.ts';
import { idFrom } from '../../domain/shared/id.ts';
import { bindingEntity } from '../bindings/entity.ts';
import type { RequestScope } from '../http/serve.ts';
import { digest } from '../shared/digest.ts';
import type { Stored } from '../store/entity.ts';
import { latestOf } from '../store/unit-of-work.ts';
import { closeProposals } from './close-proposals.ts';
import { holdingsOf } from './holdings.ts';
import { isAssetSide, isCiSide, type LoadedSide, loadSide, storedOf, valuesOf } from './load-sides.ts';
import { reassignClaims } from './move-claims.ts';
import { loadEdges, mostEdges, moveEdges, writesPerEdge } from './move-edges.ts';
import { loadEntries, namesIn, renameEntries } from './move-entries.ts';
import { beginRest, stageRecord } from './rest.ts';
import { refuseRunning } from './running.ts';
import { stageThings, type Written } from './stage-things.ts';

/** What one act has room for, beside the things, their bindings, the answer and the merge itself. */
export const room = 82;

/** What a merge or its reversal leaves behind. */
export type Staged = Written & {
  merge: StoredMerge;
  before: { cis: Stored<Ci>[]; assets: Stored<Asset>[] };
  closed: Stored<Binding>[];
  opened?: Stored<Binding>;
  contradictions: string[];
  proposals: MergeProposal[];
  moved: { identifiers: number; relationships: number; sources: number };
};

/**
 * Stages a merge: it is written in the one transaction of the request, or not at all. With more than `most` relationships these follow
 * step by step, see `advanceMerge`; from the first transaction on the two are one.
 */
export const stageMerge = async (
  { work, now, requestKey, principal }: Pick<RequestScope, 'work' | 'now' | 'requestKey' | 'principal'>,
  wanted: NewMerge,
  most = mostEdges,
): Promise<Staged> => {
  const sides = await Promise.all([loadSide(work, wanted.survivor), loadSide(work, wanted.absorbed)]);
  const [survivor, absorbed] = sides;
  const absorbedCi = 'ciId' in wanted.absorbed ? absorbed.ci : undefined;
  await refuseRunning(
    work,
    sides.flatMap(({ ci }) => ci?.value.ciId ?? []),
  );
  const found = absorbedCi === undefined ? [] : await loadEdges(work, absorbedCi.value.ciId, most);
  const edges = found ?? [];
  const entries = await loadEntries(work, namesIn(...sides.flatMap(({ ci, asset }) => [ci?.value, asset?.value])));
  const at = latestOf(now, ...sides.flatMap(storedOf), ...edges);
  const mergeId = idFrom('mrg', digest, principal.tenant, requestKey);
  const decided = setFields(decide(sides, wanted, { now: at, digest, mergeId }), wanted, { now: at, digest });

  const before = { cis: sides.flatMap(({ ci }) => ci ?? []), assets: sides.flatMap(({ asset }) => asset ?? []) };
  const when = { at, reason: wanted.reason };
  const pairs = pairsOf(wanted, decided);
  const written = stageThings(work, sides, decided, when);
  const bindings = stageBindings({ work, sides, decided, when });
  const moved: MovedEdge[] =
    absorbedCi === undefined || !('ciId' in wanted.survivor)
      ? []
      : await moveEdges(
          work,
          edges,
          { survivor: ciOf(wanted.survivor.ciId, decided), absorbed: absorbedCi.value.ciId },
          when,
        );
  const ids = new Map([
    ...pairs.map(({ from, to }) => [from, to] as const),
    ...moved.flatMap(({ from, to }) => (to === undefined ? [] : [[from, to] as const])),
  ]);
  const names = renameEntries(work, entries, ids, new Set(pairs.map(({ from }) => from)));
  const spare = Math.max(0, room - moved.length * writesPerEdge - names.length);
  const identifiers = await reassignClaims(
    work,
    written.things.map(({ id }) => id),
    holdingsOf(written),
    holdingsOf(before),
    spare,
  );
  const links = sides.flatMap(({ open }) => (open === undefined ? [] : [open.value]));
  const rest = beginRest('merging', { edgesWait: found === undefined, claimsWait: identifiers > spare });
  const merge: StoredMerge = {
    mergeId,
    state: rest === undefined ? 'merged' : 'merging',
    survivor: Object.fromEntries(pairs.map(({ kind, to }) => [kind, to])),
    absorbed: Object.fromEntries(pairs.map(({ kind, from }) => [kind, from])),
    by: principal.subject,
    at,
    ...(wanted.reason === undefined ? {} : { reason: wanted.reason }),
    things: written.things,
    links: links.map(({ ciId, assetId }) => ({ ciId, assetId })),
    edges: moved,
    entries: names,
    ...(rest === undefined ? {} : { rest }),
  };
  stageRecord(work, undefined, merge, when);
  const deciding = { by: principal.subject, at, reason: wanted.reason, mergeId };
  return {
    ...written,
    ...bindings,
    merge,
    proposals: await closeProposals(work, merge, 'merged', deciding),
    before,
    contradictions: contradictionsBetween(valuesOf(survivor), valuesOf(absorbed)),
    moved: {
      identifiers,
      relationships: moved.length,
      sources: names.filter(({ side }) => side === 'absorbed').length,
    },
  };
};

const decide = (
  sides: readonly [LoadedSide, LoadedSide],
  { survivor, assets }: NewMerge,
  writing: { now: string; digest: typeof digest; mergeId: string },
): Merged => {
  const [mine, theirs] = [valuesOf(sides[0]), valuesOf(sides[1])];
  if ('ciId' in survivor && isCiSide(mine) && isCiSide(theirs)) return mergeCis(mine, theirs, { ...writing, assets });
  if (!isAssetSide(mine) || !isAssetSide(theirs)) throw new Error('two CIs or two assets are merged');
  return mergeAssets(mine, theirs, writing);
};

/** The survivor as it will be: its class may have become a narrower one. */
const ciOf = (ciId: string, { cis }: Merged): Ci => {
  const found = cis.find((one) => one.ciId === ciId);
  if (found === undefined) throw new Error(`${ciId} takes no part in its merge`);
  return found;
};

type Pair = { kind: 'ciId' | 'assetId'; from: string; to: string };

const pairsOf = ({ survivor, absorbed }: NewMerge, { assetsMerged }: Merged): Pair[] => [
  ...('ciId' in survivor && 'ciId' in absorbed
    ? [{ kind: 'ciId' as const, from: absorbed.ciId, to: survivor.ciId }]
    : []),
  ...('assetId' in survivor && 'assetId' in absorbed
    ? [{ kind: 'assetId' as const, from: absorbed.assetId, to: survivor.assetId }]
    : []),
  ...(assetsMerged === undefined
    ? []
    : [{ kind: 'assetId' as const, from: assetsMerged.absorbed, to: assetsMerged.survivor }]),
];

type Bindings = {
  work: RequestScope['work'];
  sides: readonly LoadedSide[];
  decided: Pick<Merged, 'closed' | 'opened'>;
  when: { at: string; reason?: string | undefined };
};

const stageBindings = ({ work, sides, decided, when }: Bindings): Pick<Staged, 'closed' | 'opened'> => {
  const open = sides.flatMap((side) => side.open ?? []);
  const closed = decided.closed.flatMap((next) => {
    const stored = open.find(({ value }) => value.bindingId === next.bindingId);
    return stored === undefined ? [] : [work.replace(bindingEntity, stored, next, { type: 'AssetUnbound', ...when })];
  });
  if (decided.opened === undefined) return { closed };
  return { closed, opened: work.create(bindingEntity, decided.opened, { type: 'AssetBound', ...when }) };
};
