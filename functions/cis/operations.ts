import * as z from 'zod';
import { BindingView } from '../../domain/binding/bind.ts';
import { CiStatus } from '../../domain/ci/ci.ts';
import { CiView } from '../../domain/ci/ci-view.ts';
import { ClassName } from '../../domain/ci/class-name.ts';
import { CiPatch, NewCi } from '../../domain/ci/write-ci.ts';
import { RelationshipWord } from '../../domain/relationship/relationship-types.ts';
import { RelationshipView } from '../../domain/relationship/write-relationship.ts';
import { CiId } from '../../domain/shared/id.ts';
import { AsOfQuery, asOfParameters } from '../http/as-of.ts';
import { HistoryQuery, historyPageOf } from '../http/history.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { PageQuery, pageOf, pageParameters } from '../http/page.ts';
import { ProvenancePage, ProvenanceQuery } from '../reconciliation/provenance-page.ts';
import { Dependents } from './dependents.ts';

const path = z.strictObject({ ciId: CiId });

const RelationshipQuery = z.strictObject({
  ...pageParameters,
  direction: z.enum(['in', 'out']).optional(),
  type: RelationshipWord.optional(),
  ...asOfParameters,
});
export type RelationshipQuery = z.output<typeof RelationshipQuery>;

/** As it is shown, without regard to case. */
const shown = z.string().trim().min(1).max(200).optional();

const CiQuery = z.strictObject({
  ...pageParameters,
  class: ClassName.optional(),
  status: CiStatus.optional(),
  owner: shown,
  supportGroup: shown,
  environment: shown,
  criticality: shown,
  ...asOfParameters,
});
export type CiQuery = z.output<typeof CiQuery>;

export const cisOperations = {
  createCi: defineOperation({
    id: 'createCi',
    route: 'POST /cis',
    summary: 'Enter a configuration item, for example a service',
    permission: 'ci:write',
    body: NewCi,
    success: { status: 201, schema: CiView, location: ({ ciId }) => `/cis/${ciId}` },
    problems: ['unprocessable'],
  }),
  listCis: defineOperation({
    id: 'listCis',
    route: 'GET /cis',
    summary:
      'Configuration items of a class and those below it, by status, owner, support group, environment and criticality as shown; pages can be short',
    permission: 'ci:read',
    query: CiQuery,
    success: { status: 200, schema: pageOf('CiPage', CiView) },
    problems: ['unprocessable'],
  }),
  getCi: defineOperation({
    id: 'getCi',
    route: 'GET /cis/{ciId}',
    summary: 'One configuration item, with the shown values of all its sources; with asOf as it was then',
    permission: 'ci:read',
    path,
    query: AsOfQuery,
    success: { status: 200, schema: CiView },
    problems: ['not-found', 'conflict', 'moved'],
  }),
  editCi: defineOperation({
    id: 'editCi',
    route: 'PATCH /cis/{ciId}',
    summary:
      'Set values by hand; null gives a field back to the sources. Retiring is refused while others hang on it, and closes relationships as their types say',
    permission: 'ci:write',
    path,
    body: CiPatch,
    success: { status: 200, schema: CiView },
    problems: ['not-found', 'unprocessable', 'conflict'],
  }),
  explainCi: defineOperation({
    id: 'explainCi',
    route: 'GET /cis/{ciId}/provenance',
    summary:
      'Why a configuration item shows what it shows: the word of every source per attribute, and the rule that chose',
    permission: 'ci:read',
    path,
    query: ProvenanceQuery,
    success: { status: 200, schema: ProvenancePage },
    problems: ['not-found', 'moved'],
  }),
  listCiHistory: defineOperation({
    id: 'listCiHistory',
    route: 'GET /cis/{ciId}/history',
    summary: 'Every version of a configuration item, latest first',
    permission: 'ci:read',
    path,
    query: HistoryQuery,
    success: { status: 200, schema: historyPageOf('CiVersion', CiView) },
    problems: ['not-found'],
  }),
  listCiRelationships: defineOperation({
    id: 'listCiRelationships',
    route: 'GET /cis/{ciId}/relationships',
    summary:
      'Open relationships of a configuration item: out (from it), in (to it), or both; with asOf those open then',
    permission: 'ci:read',
    path,
    query: RelationshipQuery,
    success: { status: 200, schema: pageOf('RelationshipPage', RelationshipView) },
    problems: ['not-found', 'conflict', 'moved'],
  }),
  listCiBindings: defineOperation({
    id: 'listCiBindings',
    route: 'GET /cis/{ciId}/bindings',
    summary:
      'Which assets realise or realised the configuration item, and what was merged into it, the first first; with asOf as it was known then',
    permission: 'ci:read',
    path,
    query: HistoryQuery,
    success: { status: 200, schema: pageOf('BindingPage', BindingView) },
    problems: ['not-found', 'conflict', 'moved'],
  }),
  listCiDependents: defineOperation({
    id: 'listCiDependents',
    route: 'GET /cis/{ciId}/dependents',
    summary: 'Who hangs on a configuration item, and what retiring it would do to each relationship',
    permission: 'ci:read',
    path,
    query: PageQuery,
    success: { status: 200, schema: Dependents },
    problems: ['not-found', 'moved'],
  }),
} satisfies Operations;
