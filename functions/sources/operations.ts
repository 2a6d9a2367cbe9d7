import * as z from 'zod';
import { SourceName } from '../../domain/shared/id.ts';
import { Source, SourceSettings, SourceView } from '../../domain/sources/source.ts';
import { HistoryQuery, historyPageOf } from '../http/history.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { PageQuery, pageOf } from '../http/page.ts';

const path = z.strictObject({ source: SourceName });

const NewSettings = SourceSettings.extend({ reason: z.string().min(1).max(500).optional() }).meta({
  id: 'NewSourceSettings',
});

export const sourcesOperations = {
  listSources: defineOperation({
    id: 'listSources',
    route: 'GET /sources',
    summary: 'Every source that ever uploaded or was configured, by name, with its last run and last full listing',
    permission: 'import:read',
    query: PageQuery,
    success: { status: 200, schema: pageOf('SourcePage', SourceView) },
    problems: [],
  }),
  getSource: defineOperation({
    id: 'getSource',
    route: 'GET /sources/{source}',
    summary: 'One source: how its uploads are read, its last run and last full listing, and whether it is overdue',
    permission: 'import:read',
    path,
    success: { status: 200, schema: SourceView },
    problems: ['not-found'],
  }),
  putSource: defineOperation({
    id: 'putSource',
    route: 'PUT /sources/{source}',
    summary:
      'How uploads of a source are read from now on where their own metadata says nothing; runs that have begun keep what they began with; If-Match "v0" for a source that is not known yet',
    permission: 'source:write',
    path,
    body: NewSettings,
    success: { status: 200, schema: SourceView },
    problems: ['unprocessable'],
  }),
  listSourceHistory: defineOperation({
    id: 'listSourceHistory',
    route: 'GET /sources/{source}/history',
    summary: 'Every version of the settings of a source, latest first',
    permission: 'import:read',
    path,
    query: HistoryQuery,
    success: {
      status: 200,
      schema: historyPageOf('SourceVersion', Source.extend({ version: z.int() }).meta({ id: 'SourceAsSet' })),
    },
    problems: ['not-found'],
  }),
} satisfies Operations;
