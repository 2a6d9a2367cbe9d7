import { closeRelationship } from '../../domain/relationship/write-relationship.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { relationshipEntity } from './entity.ts';
import { stageRelationship } from './open-relationship.ts';
import type { relationshipsOperations } from './operations.ts';

export const relationshipsHandlers: Handlers<typeof relationshipsOperations, RequestScope & ApiContext> = {
  createRelationship: async ({ body }, { work, now }) => {
    const { value, version } = await stageRelationship(work, body, now);
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
