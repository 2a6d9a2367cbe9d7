import type { Ci } from '../../domain/ci/ci.ts';
import { type Contender, moreCredible } from '../../domain/merge/contenders.ts';
import { manualSource } from '../../domain/reconcile/manual.ts';
import { hasOneAtMost } from '../../domain/relationship/ends.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { relationshipTypes } from '../../domain/relationship/relationship-types.ts';
import { edgeSlotEntity, relationshipEntity } from '../relationships/entity.ts';
import { relationshipsAt } from '../relationships/relationships-at.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

type Ends = Pick<Relationship, 'relationshipId' | 'type' | 'from' | 'to'>;
export type Moving = { edge: Stored<Relationship>; ends: Ends | undefined };

/** `gone`: absorbed edges that find no place; `evicted`: edges of the survivor that lose theirs. */
export type Places = { gone: ReadonlySet<string>; evicted: Stored<Relationship>[] };

/**
 * Where the survivor has room for one relationship of a type only, one of all stays: what a person said, else what was observed last.
 * Stages that it has the place.
 */
export const settlePlaces = async (
  work: UnitOfWork,
  moving: readonly Moving[],
  { survivor, absorbed }: { survivor: Pick<Ci, 'ciId' | 'class'>; absorbed: string },
): Promise<Places> => {
  const narrow = moving.filter(
    ({ ends }) => ends !== undefined && ends.from === survivor.ciId && hasOneAtMost(ends.type, survivor),
  );
  const gone = new Set<string>();
  const evicted: Stored<Relationship>[] = [];
  for (const type of new Set(narrow.map(({ edge }) => edge.value.type))) {
    const slots = await Promise.all([survivor.ciId, absorbed].map((ciId) => work.find(edgeSlotEntity, { ciId, type })));
    const contend = ({ value }: Stored<Relationship>, relationshipId: string): Contender => ({
      relationshipId,
      isSaid: value.sources.includes(manualSource),
      seenAt:
        slots.find((slot) => slot?.value.relationshipId === value.relationshipId)?.value.observedAt ?? value.validFrom,
    });
    const own = await openOf(work, survivor.ciId, type, slots[0]?.value.relationshipId);
    const ownOnes = own.map((stored) => ({ stored, as: contend(stored, stored.value.relationshipId) }));
    const comers = narrow.flatMap(({ edge, ends }) =>
      edge.value.type === type && ends !== undefined ? [{ edge, as: contend(edge, ends.relationshipId) }] : [],
    );
    const [first, ...others] = [...ownOnes, ...comers].map(({ as }) => as);
    if (first === undefined) continue;
    const best = others.reduce(moreCredible, first);
    for (const { edge, as } of comers)
      if (as.relationshipId !== best.relationshipId) gone.add(edge.value.relationshipId);
    evicted.push(...ownOnes.filter(({ as }) => as.relationshipId !== best.relationshipId).map(({ stored }) => stored));
    const slot = { ciId: survivor.ciId, type, relationshipId: best.relationshipId, observedAt: best.seenAt };
    const version = slots[0]?.version;
    work.stage({
      put: edgeSlotEntity.toItem(work.author.tenant, slot, (version ?? 0) + 1),
      expect: version ?? 'absent',
    });
  }
  return { gone, evicted };
};

/** Edges of others that lead to the absorbed CI keep the one place that they have with those others. */
export const keepPlaces = async (
  work: UnitOfWork,
  moving: readonly Moving[],
  survivor: Pick<Ci, 'ciId'>,
): Promise<void> => {
  const others = moving.filter(
    ({ edge: { value }, ends }) =>
      ends !== undefined && ends.from !== survivor.ciId && relationshipTypes[value.type].oneFrom.length > 0,
  );
  await Promise.all(
    others.map(async ({ edge: { value }, ends }) => {
      const slot = await work.find(edgeSlotEntity, { ciId: value.from, type: value.type });
      if (slot === undefined || ends === undefined || slot.value.relationshipId !== value.relationshipId) return;
      const next = { ...slot.value, relationshipId: ends.relationshipId };
      work.stage({
        put: edgeSlotEntity.toItem(work.author.tenant, next, slot.version + 1),
        expect: slot.version,
      });
    }),
  );
};

const openOf = async (
  work: UnitOfWork,
  ciId: string,
  type: Relationship['type'],
  last: string | undefined,
): Promise<Stored<Relationship>[]> => {
  const { relationships } = await relationshipsAt(work.table, work.author.tenant, [ciId], 'out', undefined);
  const ids = relationships.filter(({ value }) => value.type === type).map(({ value }) => value.relationshipId);
  const found = await Promise.all(
    [...new Set([...ids, ...(last === undefined ? [] : [last])])].map((id) => work.find(relationshipEntity, id)),
  );
  return found
    .filter((one) => one !== undefined)
    .filter(({ value }) => value.validTo === undefined && value.type === type && value.from === ciId);
};
