import type { Baseline } from '../../domain/baseline/baseline.ts';
import { continueBaseline, retireBaseline, startBaseline } from '../../domain/baseline/write-baseline.ts';
import type { Handlers } from '../http/operation.ts';
import { digest } from '../shared/digest.ts';
import type { Stored } from '../store/entity.ts';
import { buildOn } from './build.ts';
import type { BaselinesScope } from './context.ts';
import { baselineEntity } from './entity.ts';
import { listBaselines } from './list-baselines.ts';
import { listItems } from './list-items.ts';
import { checkScope, momentFor } from './moment.ts';
import type { baselinesOperations } from './operations.ts';
import { readDiff } from './read-diff.ts';

export const baselinesHandlers: Handlers<typeof baselinesOperations, BaselinesScope> = {
  createBaseline: async ({ body }, scope) => {
    const { work, requestKey, data, principal } = scope;
    const asOf = await checkScope(body, scope);
    const started = startBaseline(body, { ...principal, now: scope.now, asOf, requestKey, digest });
    const built = await buildOn(await momentFor(scope, asOf, body.scope), data, started);
    return show(work.create(baselineEntity, built, { type: 'BaselineCreated', reason: body.note }));
  },
  continueBaseline: async ({ path }, scope) => {
    const stored = await scope.work.load(baselineEntity, path.baselineId);
    const { value } = continueBaseline(stored);
    const built = await buildOn(await momentFor(scope, value.asOf, value.scope), scope.data, value);
    return show(scope.work.replace(baselineEntity, stored, built, { type: 'BaselineContinued' }));
  },
  listBaselines: ({ query }, scope) => listBaselines(query, scope, show),
  getBaseline: async ({ path }, { work }) => show(await work.read(baselineEntity, path.baselineId)),
  listBaselineItems: ({ path, query }, scope) => listItems(path.baselineId, query, scope),
  diffBaseline: ({ path, query }, scope) => readDiff(path.baselineId, query, scope),
  retireBaseline: async ({ path }, { work, ifMatch }) =>
    show(
      await work.update(baselineEntity, path.baselineId, retireBaseline, {
        type: 'BaselineRetired',
        expected: ifMatch,
      }),
    ),
};

const show = ({ value: { after: _after, ...value }, version }: Stored<Baseline>) => ({ ...value, version });
