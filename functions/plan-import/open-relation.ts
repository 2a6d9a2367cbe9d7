import * as z from 'zod';
import { defineEntity } from '../store/entity.ts';

/** A record with a relation whose other end is not known yet, and where its content lies: in which chunk of which run. */
const OpenRelation = z.strictObject({
  source: z.string(),
  nativeKey: z.string(),
  runId: z.string(),
  chunk: z.int().nonnegative(),
});
export type OpenRelation = z.infer<typeof OpenRelation>;

/** All of a tenant that wait, in one partition: looked through when a run has made something new. */
export const openRelationPartition = 'OPEN#relations';

export const openRelationEntity = defineEntity<OpenRelation, { source: string; nativeKey: string }>({
  name: 'open relation',
  schema: OpenRelation,
  tracked: false,
  id: ({ source, nativeKey }) => ({ source, nativeKey }),
  key: ({ source, nativeKey }) => ({ pk: openRelationPartition, sk: `${source}#${nativeKey}` }),
  chart: 'a record whose relation waits for its other end',
});
