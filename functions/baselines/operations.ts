import * as z from 'zod';
import { BaselineId, BaselineView, NewBaseline } from '../../domain/baseline/baseline.ts';
import { CiDiff } from '../../domain/baseline/diff.ts';
import { FrozenCi } from '../../domain/baseline/frozen-ci.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { PageQuery, pageOf, pageParameters } from '../http/page.ts';

const path = z.strictObject({ baselineId: BaselineId });

const BaselineQuery = z.strictObject({ ...pageParameters, status: BaselineView.shape.status.optional() });

const against = z.union([z.literal('now'), BaselineId], { error: 'Send now, or the id of another baseline.' });
const DiffQuery = z.strictObject({ ...pageParameters, against });
export type DiffQuery = z.output<typeof DiffQuery>;

export const baselinesOperations = {
  createBaseline: defineOperation({
    id: 'createBaseline',
    route: 'POST /baselines',
    summary:
      'Freeze up to 50,000 CIs of a query or a service, with fields, edges and bindings, as of now or of a past moment',
    permission: 'baseline:write',
    body: NewBaseline,
    success: { status: 201, schema: BaselineView, location: ({ baselineId }) => `/baselines/${baselineId}` },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
  continueBaseline: defineOperation({
    id: 'continueBaseline',
    route: 'POST /baselines/{baselineId}/continue',
    summary: 'Go on building a baseline that did not come to its end in one request; still as of its moment',
    permission: 'baseline:write',
    path,
    success: { status: 200, schema: BaselineView },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
  listBaselines: defineOperation({
    id: 'listBaselines',
    route: 'GET /baselines',
    summary: 'Baselines, latest first',
    permission: 'baseline:read',
    query: BaselineQuery,
    success: { status: 200, schema: pageOf('BaselinePage', BaselineView) },
    problems: [],
  }),
  getBaseline: defineOperation({
    id: 'getBaseline',
    route: 'GET /baselines/{baselineId}',
    summary: 'One baseline: its scope, its moment, its counts and the hash of its content',
    permission: 'baseline:read',
    path,
    success: { status: 200, schema: BaselineView },
    problems: ['not-found'],
  }),
  listBaselineItems: defineOperation({
    id: 'listBaselineItems',
    route: 'GET /baselines/{baselineId}/items',
    summary: 'What a baseline keeps of each CI',
    permission: 'baseline:read',
    path,
    query: PageQuery,
    success: { status: 200, schema: pageOf('FrozenCiPage', FrozenCi) },
    problems: ['not-found', 'conflict'],
  }),
  diffBaseline: defineOperation({
    id: 'diffBaseline',
    route: 'GET /baselines/{baselineId}/diff',
    summary: 'What has changed since: CIs added and removed, fields, edges and bindings; pages can be short or empty',
    permission: 'baseline:read',
    path,
    query: DiffQuery,
    success: { status: 200, schema: pageOf('BaselineDiffPage', CiDiff) },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
  retireBaseline: defineOperation({
    id: 'retireBaseline',
    route: 'DELETE /baselines/{baselineId}',
    summary: 'Retire a baseline; it stays readable',
    permission: 'baseline:write',
    path,
    success: { status: 200, schema: BaselineView },
    problems: ['not-found', 'conflict'],
  }),
} satisfies Operations;
