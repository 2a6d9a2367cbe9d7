import * as z from 'zod';
import { CiId, RelationshipId } from '../domain/shared/id.ts';
import { defineEvent } from './event.ts';

const subject = z.strictObject({
  ciId: CiId,
  class: z.string(),
  status: z.string(),
  ownClasses: z.array(z.string()).optional(),
});
const edge = z.strictObject({ relationshipId: RelationshipId, type: z.string(), from: CiId, to: CiId });

export const ciCreated = defineEvent('CiCreated', subject);
export const ciUpdated = defineEvent('CiUpdated', subject);
export const relationshipCreated = defineEvent('RelationshipCreated', edge);
export const relationshipUpdated = defineEvent('RelationshipUpdated', edge);
export const relationshipClosed = defineEvent('RelationshipClosed', edge);
