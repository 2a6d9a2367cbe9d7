import * as z from 'zod';
import { DriftDecision } from '../../domain/drift/decide-finding.ts';
import { DriftFinding, DriftFindingId, driftStates } from '../../domain/drift/finding.ts';
import { CiId } from '../../domain/shared/id.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { pageOf, pageParameters } from '../http/page.ts';

const path = z.strictObject({ findingId: DriftFindingId });

/** As asked about now: what was accepted until a moment that has passed is open. */
const FindingView = DriftFinding.extend({ version: z.int().positive() }).meta({ id: 'DriftFinding' });

const FindingQuery = z.strictObject({
  ...pageParameters,
  state: z.enum(driftStates).optional(),
  ciId: CiId.optional(),
  class: z.string().min(1).max(100).optional(),
  kind: DriftFinding.shape.kind.optional(),
});
export type FindingQuery = z.output<typeof FindingQuery>;

export const driftOperations = {
  listDriftFindings: defineOperation({
    id: 'listDriftFindings',
    route: 'GET /drift-findings',
    summary: 'Where what is declared is not what was discovered, by class; pages can be short',
    permission: 'drift:read',
    query: FindingQuery,
    success: { status: 200, schema: pageOf('DriftFindingPage', FindingView) },
    problems: [],
  }),
  getDriftFinding: defineOperation({
    id: 'getDriftFinding',
    route: 'GET /drift-findings/{findingId}',
    summary: 'One finding: what each side says, which source and when',
    permission: 'drift:read',
    path,
    success: { status: 200, schema: FindingView },
    problems: ['not-found'],
  }),
  decideDriftFinding: defineOperation({
    id: 'decideDriftFinding',
    route: 'POST /drift-findings/{findingId}/decision',
    summary: 'Accept a difference, for good or until a moment, or take that back; other values open it again',
    permission: 'drift:decide',
    path,
    body: DriftDecision,
    success: { status: 200, schema: FindingView },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
} satisfies Operations;
