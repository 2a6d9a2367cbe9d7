import * as z from 'zod';
import { NewRelationship, RelationshipView } from '../../domain/relationship/write-relationship.ts';
import { RelationshipId } from '../../domain/shared/id.ts';
import { defineOperation, type Operations } from '../http/operation.ts';

export const relationshipsOperations = {
  createRelationship: defineOperation({
    id: 'createRelationship',
    route: 'POST /relationships',
    summary: 'Relate two configuration items: `from` `type` `to`; the name of the other end (`hosts`) turns it round',
    permission: 'relationship:write',
    body: NewRelationship,
    success: { status: 201, schema: RelationshipView },
    problems: ['not-found', 'duplicate', 'conflict', 'unprocessable'],
  }),
  closeRelationship: defineOperation({
    id: 'closeRelationship',
    route: 'DELETE /relationships/{relationshipId}',
    summary: 'Close a relationship; it is kept and answered as it is now',
    permission: 'relationship:write',
    path: z.strictObject({ relationshipId: RelationshipId }),
    success: { status: 200, schema: RelationshipView },
    problems: ['not-found', 'conflict'],
  }),
} satisfies Operations;
