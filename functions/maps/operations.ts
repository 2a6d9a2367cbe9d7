import * as z from 'zod';
import { CiId } from '../../domain/shared/id.ts';
import { TypeList } from '../graph/operations.ts';
import { asOfParameters } from '../http/as-of.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { ServiceMap } from './answers.ts';

export const svg = 'image/svg+xml';

const MapQuery = z.strictObject({
  /** How many levels down. */
  depth: z.coerce.number().int().min(1).max(50).default(10),
  /** Relationships to follow; by default those that say which end needs the other. */
  types: TypeList.optional(),
  /** How many boxes are drawn at most. */
  maxNodes: z.coerce.number().int().min(10).max(300).default(120),
  ...asOfParameters,
});
export type MapQuery = z.output<typeof MapQuery>;

export const mapsOperations = {
  getMap: defineOperation({
    id: 'getMap',
    route: 'GET /cis/{ciId}/map',
    summary:
      'From a service (or any configuration item) down to what carries it, with redundancy groups, assets and holders; large hubs are drawn as one; with asOf as it was then',
    permission: 'ci:read',
    path: z.strictObject({ ciId: CiId }),
    query: MapQuery,
    success: { status: 200, schema: ServiceMap, alternatives: [svg] },
    problems: ['not-found', 'conflict', 'moved'],
  }),
} satisfies Operations;
