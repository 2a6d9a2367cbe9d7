import type { Ci } from '../../domain/ci/ci.ts';
import { hasOneAtMost, misfitsOf } from '../../domain/relationship/ends.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import {
  endsOf,
  type NewRelationship,
  relate,
  relationshipIdOf,
} from '../../domain/relationship/write-relationship.ts';
import { type Refusal, refuse } from '../../domain/shared/refusal.ts';
import { ciEntity } from '../cis/entity.ts';
import { digest } from '../shared/digest.ts';
import type { Stored } from '../store/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import { relationshipEntity } from './entity.ts';
import { takeSlot } from './take-slot.ts';

/** Stages what a person asserts. Throws when the two cannot be so related, or when there is no room for it. */
export const stageRelationship = async (
  work: UnitOfWork,
  wanted: NewRelationship,
  now: string,
): Promise<Stored<Relationship>> => {
  const ends = endsOf(wanted);
  const relationshipId = relationshipIdOf(ends, digest);
  const [known, from, to] = await Promise.all([
    work.find(relationshipEntity, relationshipId),
    work.load(ciEntity, ends.from),
    work.load(ciEntity, ends.to),
  ]);
  const isOpen = known !== undefined && known.value.validTo === undefined;
  const next = relate(ends, relationshipId, known?.value, now);
  if (!isOpen) {
    refuse([...retired(wanted, from.value, to.value), ...misfitsOf(ends.type, from.value, to.value)]);
    if (hasOneAtMost(ends.type, from.value)) {
      await takeSlot(work, { ...ends, relationshipId }, { now, replaces: wanted.replace === true });
    }
  }
  const intent = { type: isOpen ? 'RelationshipUpdated' : 'RelationshipCreated' };
  return known === undefined
    ? work.create(relationshipEntity, next, intent)
    : work.replace(relationshipEntity, known, next, intent);
};

/** What is retired relates to nothing new. */
const retired = (wanted: NewRelationship, ...ends: readonly Ci[]): Refusal[] =>
  ends
    .filter(({ status }) => status === 'retired')
    .map(({ ciId }) => ({
      code: 'unprocessable',
      pointer: ciId === wanted.from ? '#/body/from' : '#/body/to',
      detail: `${ciId} is retired.`,
    }));
