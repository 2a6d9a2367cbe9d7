import type { ImportRun } from '../../domain/import/run.ts';
import { showRun, startApply } from '../../domain/import/stored-run.ts';
import type { Review } from '../../domain/review/review.ts';
import { showReview } from '../../domain/review/stored-review.ts';
import { startUndo } from '../../domain/undo/undo-run.ts';
import type { Handlers } from '../http/operation.ts';
import type { RequestScope } from '../http/serve.ts';
import { runEntity, runListPartition, runsOfSource } from '../plan-import/entities.ts';
import { reviewEntity, reviewListPartition } from '../plan-import/review-entity.ts';
import { ofTenant } from '../store/entity.ts';
import { type Position, readPage } from '../store/read-page.ts';
import type { ImportsContext } from './context.ts';
import { listRecords } from './list-records.ts';
import type { importsOperations } from './operations.ts';
import { dropResolutionRule, listResolutionRules } from './resolution-rules.ts';
import { resolveRecord } from './resolve-record.ts';

export const importsHandlers: Handlers<typeof importsOperations, RequestScope & ImportsContext> = {
  listImports: async ({ query: { limit, cursor: after, source, status } }, { table, principal, cursor }) => {
    const { found, next } = await readPage<ImportRun>(
      table,
      {
        index: source === undefined ? 'list' : 'inverse',
        pk: ofTenant(principal.tenant, source === undefined ? runListPartition : runsOfSource(source)),
        backwards: true,
        limit,
        after: after === undefined ? undefined : (cursor.open(after) as Position),
      },
      async (items) => {
        const runs = new Map((await table.getMany(items)).map((item) => [item.pk, runEntity.fromItem(item).value]));
        return items.map(({ pk }) => {
          const run = runs.get(pk);
          const wanted =
            run !== undefined && (source ?? run.source) === run.source && (status ?? run.status) === run.status;
          return wanted ? showRun(run) : undefined;
        });
      },
    );
    return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
  },
  getImport: async ({ path }, { work }) => showRun((await work.load(runEntity, path.runId)).value),
  listImportRecords: ({ path, query }, scope) => listRecords(path.runId, query, scope),
  applyImport: async ({ path }, { work }) =>
    showRun((await work.update(runEntity, path.runId, startApply, { type: 'ImportApplyStarted' })).value),
  listResolutionRules: ({ query }, scope) => listResolutionRules(query, scope),
  dropResolutionRule: ({ path }, scope) => dropResolutionRule(path.ruleId, scope),
  resolveRecord: ({ path, body }, scope) => resolveRecord(path, body, scope),
  listReviewQueue: async ({ query: { limit, cursor: after, outcome, source } }, { table, principal, cursor }) => {
    const { found, next } = await readPage<Review>(
      table,
      {
        index: 'list',
        pk: ofTenant(principal.tenant, reviewListPartition),
        limit,
        after: after === undefined ? undefined : (cursor.open(after) as Position),
      },
      async (items) => {
        const reviews = new Map((await table.getMany(items)).map((item) => [`${item.pk} ${item.sk}`, item]));
        return items.map(({ pk, sk }) => {
          const item = reviews.get(`${pk} ${sk}`);
          const review = item === undefined ? undefined : reviewEntity.fromItem(item).value;
          const wanted =
            review?.state === 'open' &&
            (outcome ?? review.outcome) === review.outcome &&
            (source ?? review.source) === review.source;
          return wanted ? showReview(review) : undefined;
        });
      },
    );
    return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
  },
  undoImport: async ({ path }, { work, principal, now }) => {
    const stored = await work.load(runEntity, path.runId);
    const next = startUndo(stored.value, principal.subject, now);
    const type = next.status === 'undone' ? 'ImportUndone' : 'ImportUndoStarted';
    return showRun(work.replace(runEntity, stored, next, { type }).value);
  },
};
