import { setTimeout as pause } from 'node:timers/promises';
import type { Ci } from '../../domain/ci/ci.ts';
import { hasOneAtMost } from '../../domain/relationship/ends.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { closeWith, effectOf, otherEnd, reopen } from '../../domain/relationship/retirement.ts';
import { Change } from '../../domain/shared/change.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { ciEntity } from '../cis/entity.ts';
import { mergeEntity } from '../merges/entity.ts';
import { inwardPrefix, outwardPrefix, relationshipEntity } from '../relationships/entity.ts';
import { wholeOf } from '../relationships/relationships-at.ts';
import { retiredReason } from '../relationships/retire-end.ts';
import { takeSlot } from '../relationships/take-slot.ts';
import { ofTenant, type Stored } from '../store/entity.ts';
import type { Item, Page, Table } from '../store/table.ts';
import { latestOf, Raced, startWork, type UnitOfWork } from '../store/unit-of-work.ts';

type News = { before: Item | undefined; after: Item };

const perPage = 500;
const inFlight = 8;
const mostRounds = 12;

/**
 * Relationships follow their ends: when a CI has been retired, those that its type says are closed; when it has come back, those that
 * were closed with it are open again. What is done is what the table says of the CI now, so that records may come twice or late. What a
 * person retires is closed with it already, up to what one transaction holds; an import refuses nothing, so that what would forbid a
 * retirement stays open. A relationship that was opened while its end was being retired is closed when its own record comes.
 */
export const settleEdges = async (table: Table, news: readonly News[]): Promise<void> => {
  await settleOpened(table, news);
  for (const { before, after } of news) {
    if (after.e === mergeEntity.name) await settleSurvivor(table, after);
    if (after.e !== ciEntity.name || before === undefined || isRetired(before) === isRetired(after)) continue;
    const { ciId } = ciEntity.fromItem(after).value;
    await settle(table, after.pk.slice(0, after.pk.indexOf('#')), ciId, Change.parse(after.c));
  }
};

/** Who opens a relationship looks at its ends before that; one that is retired at that moment shows only now. */
const settleOpened = async (table: Table, news: readonly News[]): Promise<void> => {
  const opened = news.flatMap(({ before, after }) => {
    if (after.e !== relationshipEntity.name || !isOpen(after) || (before !== undefined && isOpen(before))) return [];
    const tenant = after.pk.slice(0, after.pk.indexOf('#'));
    return [{ tenant, edge: relationshipEntity.fromItem(after).value, change: Change.parse(after.c) }];
  });
  if (opened.length === 0) return;
  const keys = opened.flatMap(({ tenant, edge }) => [edge.from, edge.to].map((id) => ciEntity.keyOf(tenant, id)));
  const distinct = [...new Map(keys.map((key) => [key.pk, key])).values()];
  const ends = new Map((await table.getMany(distinct, { consistent: true })).map((item) => [item.pk, item]));
  for (const { tenant, edge, change } of opened) {
    for (const id of [edge.from, edge.to]) {
      const item = ends.get(ciEntity.keyOf(tenant, id).pk);
      if (item === undefined || !isRetired(item)) continue;
      const ci = ciEntity.fromItem(item);
      if (ci.value.mergedInto !== undefined) continue;
      const told = { ...change, at: laterOf(change.at, ci.change?.at ?? '') };
      await settleEdge(table, tenant, edge, ci.value, told);
      // Its return may have been looked at before the relationship was closed with it.
      const again = await table.get(ciEntity.keyOf(tenant, id), { consistent: true });
      if (again !== undefined && !isRetired(again))
        await settleEdge(table, tenant, edge, ciEntity.fromItem(again).value, told);
    }
  }
};

const isOpen = ({ d }: Item): boolean => (d as { validTo?: string }).validTo === undefined;

/** Relationships that came to the survivor step by step may have come after it was retired. */
const settleSurvivor = async (table: Table, item: Item): Promise<void> => {
  const { survivor, state, pages = 0 } = mergeEntity.fromItem(item).value;
  if (state !== 'merged' || pages === 0 || survivor.ciId === undefined) return;
  const tenant = item.pk.slice(0, item.pk.indexOf('#'));
  const ci = await table.get(ciEntity.keyOf(tenant, survivor.ciId), { consistent: true });
  if (ci !== undefined && isRetired(ci)) await settle(table, tenant, survivor.ciId, Change.parse(item.c));
};

/** Without reading the whole CI: most changes of most CIs are others. */
const isRetired = ({ d }: Item): boolean => (d as { status?: string }).status === 'retired';

const settle = async (table: Table, tenant: string, ciId: string, change: Change): Promise<void> => {
  const item = await table.get(ciEntity.keyOf(tenant, ciId), { consistent: true });
  const ci = item === undefined ? undefined : ciEntity.fromItem(item).value;
  if (ci === undefined || ci.mergedInto !== undefined) return;
  for (const side of ['out', 'in'] as const) {
    let after: Page['last'];
    do {
      const page: Page = await table.query({ ...sideOf(tenant, ciId, side), limit: perPage, ...(after && { after }) });
      const items = side === 'out' ? page.items : await wholeOf(table, page.items);
      const edges = items.flatMap((one) => (one === undefined ? [] : [relationshipEntity.fromItem(one).value]));
      const some = edges.filter((edge) => mayChange(edge, ci));
      for (let n = 0; n < some.length; n += inFlight) {
        await Promise.all(some.slice(n, n + inFlight).map((edge) => settleEdge(table, tenant, edge, ci, change)));
      }
      after = page.last;
    } while (after !== undefined);
  }
};

const sideOf = (tenant: string, ciId: string, side: 'out' | 'in') => {
  const pk = ofTenant(tenant, ciId);
  return side === 'out' ? { pk, prefix: outwardPrefix } : { index: 'inverse' as const, pk, prefix: inwardPrefix };
};

const mayChange = (edge: Relationship, { ciId, status }: Ci): boolean =>
  status === 'retired' ? edge.validTo === undefined : edge.closedWith === ciId;

/** One relationship in one transaction of its own, decided anew when somebody else was faster. */
const settleEdge = async (table: Table, tenant: string, edge: Relationship, ci: Ci, change: Change): Promise<void> => {
  const { by, correlationId, at: now } = change;
  for (let round = 0; round < mostRounds; round += 1) {
    if (round > 0) await pause(Math.random() * 20 * 2 ** Math.min(round, 6));
    const work = startWork(table, { tenant, by, now, correlationId });
    const stored = await work.find(relationshipEntity, edge.relationshipId);
    if (stored === undefined || !mayChange(stored.value, ci)) return;
    try {
      await (ci.status === 'retired' ? stageClosing(work, stored, ci.ciId) : stageReopening(work, stored, ci.ciId));
      return await work.commit();
    } catch (error) {
      // There is room for one only, and another has it by now.
      if (error instanceof Problem && error.code === 'conflict') return;
      if (!(error instanceof Raced)) throw error;
    }
  }
  throw new Error(`relationship ${edge.relationshipId} lost every race; the record is relayed again`);
};

const stageClosing = async (work: UnitOfWork, stored: Stored<Relationship>, ciId: string): Promise<void> => {
  const other = await work.find(ciEntity, otherEnd(stored.value, ciId));
  if (effectOf(stored.value, ciId, other?.value.status === 'retired') !== 'close') return;
  const at = latestOf(work.author.now, stored);
  const intent = { type: 'RelationshipClosed', reason: retiredReason(ciId), at };
  work.replace(relationshipEntity, stored, closeWith(stored.value, ciId, at), intent);
};

/** Where the other end was retired meanwhile, the relationship waits for that one. */
const stageReopening = async (work: UnitOfWork, stored: Stored<Relationship>, ciId: string): Promise<void> => {
  const { value } = stored;
  const at = latestOf(work.author.now, stored);
  const [from, other] = await Promise.all([
    work.find(ciEntity, value.from),
    work.find(ciEntity, otherEnd(value, ciId)),
  ]);
  if (from === undefined || other === undefined || other.value.mergedInto !== undefined) return;
  if (other.value.status === 'retired') {
    const intent = { type: 'RelationshipUpdated', reason: retiredReason(other.value.ciId), at };
    work.replace(relationshipEntity, stored, { ...value, closedWith: other.value.ciId }, intent);
    return;
  }
  if (hasOneAtMost(value.type, from.value)) await takeSlot(work, value, { now: at, replaces: false });
  const intent = { type: 'RelationshipCreated', reason: `${ciId} is back`, at };
  work.replace(relationshipEntity, stored, reopen(value, at), intent);
};
