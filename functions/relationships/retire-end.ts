import type { Ci } from '../../domain/ci/ci.ts';
import { showCi } from '../../domain/ci/ci-view.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import type { OnRetire } from '../../domain/relationship/relationship-types.ts';
import { closeWith, effectOf, otherEnd, refuseWhileNeeded } from '../../domain/relationship/retirement.ts';
import { ciEntity } from '../cis/entity.ts';
import { refuseRunning } from '../merges/running.ts';
import type { Stored } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import { latestOf, type UnitOfWork } from '../store/unit-of-work.ts';
import { relationshipEntity } from './entity.ts';
import { relationshipsAt } from './relationships-at.ts';

/** The CI and the answer need room in the transaction too; what does not fit is closed by the relay. */
const mostClosedAtOnce = 90;
const mostRead = 1000;

export type AffectedEdge = { stored: Stored<Relationship>; other: Ci | undefined; effect: OnRetire };

/**
 * The open relationships of a CI with what retiring it does to each, those that forbid it first. Up to 1,000 at each side are looked at;
 * `truncated`: there are more.
 */
export const affectedBy = async (
  table: Table,
  tenant: string,
  ciId: string,
): Promise<{ edges: AffectedEdge[]; truncated: boolean }> => {
  const sides = await Promise.all(
    (['out', 'in'] as const).map((side) => relationshipsAt(table, tenant, [ciId], side, undefined, mostRead)),
  );
  const stored = [
    ...new Map(
      sides.flatMap(({ relationships }) => relationships.map((one) => [one.value.relationshipId, one] as const)),
    ).values(),
  ];
  const others = await readCis(table, tenant, [...new Set(stored.map(({ value }) => otherEnd(value, ciId)))]);
  const edges = stored.map((one): AffectedEdge => {
    const other = others.get(otherEnd(one.value, ciId));
    return { stored: one, other, effect: effectOf(one.value, ciId, other?.status === 'retired') };
  });
  return {
    edges: edges.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
    truncated: sides.some(({ truncated }) => truncated),
  };
};

/** Orders what forbids before what is closed, and that before what is kept. */
export const placeOf = ({ effect, stored }: AffectedEdge): string =>
  `${['refuse', 'close', 'keep'].indexOf(effect)}#${stored.value.relationshipId}`;

/**
 * Stages what retiring a CI does to its relationships. Throws `conflict` when others hang on it, and while a large merge still brings it
 * relationships.
 */
export const stageRetirement = async (work: UnitOfWork, ciId: string, now: string): Promise<void> => {
  await refuseRunning(work, [ciId]);
  const { edges } = await affectedBy(work.table, work.author.tenant, ciId);
  refuseWhileNeeded(
    ciId,
    edges.flatMap(({ stored, other, effect }) =>
      effect === 'refuse' && other !== undefined ? [{ edge: stored.value, other, name: nameOf(other) }] : [],
    ),
  );
  for (const { stored } of edges.filter(({ effect }) => effect === 'close').slice(0, mostClosedAtOnce)) {
    const at = latestOf(now, stored);
    const intent = { type: 'RelationshipClosed', reason: retiredReason(ciId), at };
    work.replace(relationshipEntity, stored, closeWith(stored.value, ciId, at), intent);
  }
};

export const retiredReason = (ciId: string): string => `${ciId} was retired`;

export const nameOf = (ci: Ci): string => showCi({ value: ci, version: 1 }).name ?? ci.ciId;

const readCis = async (table: Table, tenant: string, ciIds: readonly string[]): Promise<Map<string, Ci>> => {
  const items = await table.getMany(ciIds.map((ciId) => ciEntity.keyOf(tenant, ciId)));
  return new Map(items.map((item) => ciEntity.fromItem(item).value).map((ci) => [ci.ciId, ci]));
};
