import * as z from 'zod';
import { ClassName } from '../../domain/ci/class-name.ts';
import { CiClassChange, NewCiClass } from '../../domain/model/own-class.ts';
import { HistoryQuery, historyPageOf } from '../http/history.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { PageQuery, pageOf } from '../http/page.ts';
import { RelationshipTypeView } from './relationship-types.ts';
import { CiClassState, CiClassSummary, CiClassView } from './views.ts';

const path = z.strictObject({ class: ClassName });

export const modelOperations = {
  listCiClasses: defineOperation({
    id: 'listCiClasses',
    route: 'GET /ci-classes',
    summary: 'Classes of configuration items by name: the built-in ones and your own',
    permission: 'ci:read',
    query: PageQuery,
    success: { status: 200, schema: pageOf('CiClassPage', CiClassSummary) },
    problems: [],
  }),
  createCiClass: defineOperation({
    id: 'createCiClass',
    route: 'POST /ci-classes',
    summary: 'Add a class of your own below another one; it inherits layer, attributes and reconciliation rules',
    permission: 'model:write',
    body: NewCiClass,
    success: { status: 201, schema: CiClassView, location: ({ class: name }) => `/ci-classes/${name}` },
    problems: ['duplicate', 'unprocessable'],
  }),
  getCiClass: defineOperation({
    id: 'getCiClass',
    route: 'GET /ci-classes/{class}',
    summary: 'One class with all attributes that its CIs may have, and the class that each comes from',
    permission: 'ci:read',
    path,
    success: { status: 200, schema: CiClassView },
    problems: ['not-found'],
  }),
  putCiClass: defineOperation({
    id: 'putCiClass',
    route: 'PUT /ci-classes/{class}',
    summary:
      'Change a class of your own, or the attributes you add to a built-in one (its first ETag is "v0"); what is left out is retired and stays shown',
    permission: 'model:write',
    path,
    body: CiClassChange,
    success: { status: 200, schema: CiClassView },
    problems: ['not-found', 'unprocessable'],
  }),
  listCiClassHistory: defineOperation({
    id: 'listCiClassHistory',
    route: 'GET /ci-classes/{class}/history',
    summary: 'Every version of what you have put under this class, latest first',
    permission: 'ci:read',
    path,
    query: HistoryQuery,
    success: { status: 200, schema: historyPageOf('CiClassVersion', CiClassState) },
    problems: ['not-found'],
  }),
  listRelationshipTypes: defineOperation({
    id: 'listRelationshipTypes',
    route: 'GET /relationship-types',
    summary: 'Relationship types: their name from either end, what they lead between, and what retiring an end does',
    permission: 'ci:read',
    query: PageQuery,
    success: { status: 200, schema: pageOf('RelationshipTypePage', RelationshipTypeView) },
    problems: [],
  }),
} satisfies Operations;
