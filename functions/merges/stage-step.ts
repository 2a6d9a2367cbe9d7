import type { Asset } from '../../domain/asset/asset.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { MergeRest, StoredMerge } from '../../domain/merge/merge.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { inwardPrefix, outwardPrefix, relationshipEntity } from '../relationships/entity.ts';
import { wholeOf } from '../relationships/relationships-at.ts';
import { ofTenant, type Stored } from '../store/entity.ts';
import { type Position, readPage } from '../store/read-page.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { mergePageEntity } from './entity.ts';
import { holdingsOf } from './holdings.ts';
import { reassignClaims } from './move-claims.ts';
import { moveEdges } from './move-edges.ts';
import { moveEdgesBack } from './move-edges-back.ts';
import { stageRecord } from './rest.ts';

/** Three writes for each edge, and some for the page, the merge and what is closed: below the 100 of a transaction. */
const mostPerStep = 25;
const claimsPerStep = 80;

/** Stages the next step of a merge on its way. */
export const stageStep = async (
  work: UnitOfWork,
  stored: Stored<StoredMerge>,
  edgesPerStep = mostPerStep,
): Promise<void> => {
  const { rest } = stored.value;
  if (rest === undefined) return;
  const { next } = rest;
  const after =
    next.kind === 'move'
      ? await stageMoves(work, stored.value, rest, { ...next, edgesPerStep })
      : next.kind === 'back'
        ? await stageBack(work, stored.value, rest, next.page)
        : await stageClaims(work, stored.value, rest);
  stageRecord(work, stored, after, { at: work.author.now, reason: work.author.reason });
};

type Next<Kind> = Extract<MergeRest['next'], { kind: Kind }>;

/** The next open edges of the absorbed CI are led to the survivor; when a whole pass over both sides found none, claims come. */
const stageMoves = async (
  work: UnitOfWork,
  merge: StoredMerge,
  { pages }: MergeRest,
  { side, found, after, edgesPerStep }: Next<'move'> & { edgesPerStep: number },
): Promise<StoredMerge> => {
  const [survivor, absorbed] = [merge.survivor.ciId ?? '', merge.absorbed.ciId ?? ''];
  const page = await openEdges(work, absorbed, { side, limit: edgesPerStep, after: after as Position | undefined });
  const when = { at: work.author.now, reason: work.author.reason };
  const { value: ci } = await work.loadEver(ciEntity, survivor);
  const edges = page.found.length === 0 ? [] : await moveEdges(work, page.found, { survivor: ci, absorbed }, when);
  if (edges.length > 0) {
    const one = { mergeId: merge.mergeId, page: pages, edges };
    work.stage({ put: mergePageEntity.toItem(work.author.tenant, one, 1), expect: 'absent' });
  }
  const now = found + page.found.length;
  const next: MergeRest['next'] =
    page.next !== undefined
      ? { kind: 'move', side, found: now, after: page.next }
      : side === 'out'
        ? { kind: 'move', side: 'in', found: now }
        : now > 0
          ? { kind: 'move', side: 'out', found: 0 }
          : { kind: 'claims' };
  return {
    ...merge,
    relationshipsMoved: (merge.relationshipsMoved ?? 0) + page.found.length,
    rest: { pages: pages + (edges.length > 0 ? 1 : 0), next },
  };
};

const openEdges = async (
  work: UnitOfWork,
  ciId: string,
  { side, limit, after }: { side: 'out' | 'in'; limit: number; after: Position | undefined },
): Promise<{ found: Stored<Relationship>[]; next?: Position }> => {
  const pk = ofTenant(work.author.tenant, ciId);
  const { found, next } = await (side === 'out'
    ? readPage(work.table, { pk, prefix: outwardPrefix, limit, after }, async (items) =>
        items.map((item) => openOf(relationshipEntity.fromItem(item))),
      )
    : readPage(work.table, { index: 'inverse', pk, prefix: inwardPrefix, limit, after }, async (keys) =>
        (await wholeOf(work.table, keys)).map((item) =>
          item === undefined ? undefined : openOf(relationshipEntity.fromItem(item)),
        ),
      ));
  const sure = await Promise.all(found.map(({ value }) => work.find(relationshipEntity, value.relationshipId)));
  const open = sure.flatMap((one) => (one === undefined ? [] : (openOf(one) ?? [])));
  return next === undefined ? { found: open } : { found: open, next };
};

const openOf = (one: Stored<Relationship>): Stored<Relationship> | undefined =>
  one.value.validTo === undefined ? one : undefined;

/** The edges of one page go back, those that were moved last first. */
const stageBack = async (
  work: UnitOfWork,
  merge: StoredMerge,
  { pages }: MergeRest,
  page: number,
): Promise<StoredMerge> => {
  const stored = await work.find(mergePageEntity, { mergeId: merge.mergeId, page });
  const when = { at: work.author.now, reason: work.author.reason };
  const back = await moveEdgesBack(work, stored?.value.edges ?? [], when);
  const next: MergeRest['next'] = page > 0 ? { kind: 'back', page: page - 1 } : { kind: 'claims' };
  const left = Math.max(0, (merge.relationshipsMoved ?? 0) - back);
  return { ...merge, relationshipsMoved: left, rest: { pages, next } };
};

/** What the things are called now is what they hold; when that is so, the merge or its reversal is done. */
const stageClaims = async (work: UnitOfWork, merge: StoredMerge, rest: MergeRest): Promise<StoredMerge> => {
  const ids = merge.things.map(({ id }) => id);
  const cis = await Promise.all(ids.filter((id) => id.startsWith('ci_')).map((id) => work.loadEver(ciEntity, id)));
  const assets = await Promise.all(
    ids.filter((id) => id.startsWith('ast_')).map((id) => work.loadEver(assetEntity, id)),
  );
  const ever = { cis: cis.map(standingAgain), assets: assets.map(standingAgain) };
  const changed = await reassignClaims(work, ids, holdingsOf({ cis, assets }), holdingsOf(ever), claimsPerStep);
  if (changed > claimsPerStep) return { ...merge, rest };
  const { rest: _rest, ...done } = merge;
  return merge.state === 'merging'
    ? { ...done, state: 'merged', ...(rest.pages === 0 ? {} : { pages: rest.pages }) }
    : { ...done, state: 'unmerged' };
};

/** What was absorbed keeps what it was called: those are the claims that may still name it. */
const standingAgain = <T extends Ci | Asset>(stored: Stored<T>): Stored<T> => {
  const { mergedInto: _mergedInto, ...value } = stored.value;
  return { ...stored, value: value as T };
};
