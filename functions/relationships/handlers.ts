import {
  closeRelationship,
  orderEnds,
  relate,
  relationshipIdOf,
} from '../../domain/relationship/write-relationship.ts';
import { ciEntity } from '../cis/entity.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { digest } from '../shared/digest.ts';
import { relationshipEntity } from './entity.ts';
import type { relationshipsOperations } from './operations.ts';

export const relationshipsHandlers: Handlers<typeof relationshipsOperations, RequestScope & ApiContext> = {
  createRelationship: async ({ body }, { work, now }) => {
    const ends = orderEnds(body);
    const relationshipId = relationshipIdOf(ends, digest);
    const [known] = await Promise.all([
      work.find(relationshipEntity, relationshipId),
      work.load(ciEntity, ends.from),
      work.load(ciEntity, ends.to),
    ]);
    const next = relate(ends, relationshipId, known?.value, now);
    const isNew = known === undefined || known.value.validTo !== undefined;
    const intent = { type: isNew ? 'RelationshipCreated' : 'RelationshipUpdated' };
    const { value, version } =
      known === undefined
        ? work.create(relationshipEntity, next, intent)
        : work.replace(relationshipEntity, known, next, intent);
    return { ...value, version };
  },
  closeRelationship: async ({ path }, { work, now, ifMatch }) => {
    const { value, version } = await work.update(
      relationshipEntity,
      path.relationshipId,
      (relationship) => closeRelationship(relationship, now),
      { type: 'RelationshipClosed', expected: ifMatch },
    );
    return { ...value, version };
  },
};
