import { defaultRules } from '../../domain/reconcile/authority.ts';
import { compileRules } from '../../domain/reconcile/rule-book.ts';
import { readHistory } from '../http/history.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { Stored } from '../store/entity.ts';
import { checkVersion } from '../store/unit-of-work.ts';
import { rulesEntity, rulesId, type StoredRules } from './entity.ts';
import type { reconciliationOperations } from './operations.ts';
import { previewRules } from './preview-rules.ts';

export const reconciliationHandlers: Handlers<typeof reconciliationOperations, RequestScope & ApiContext> = {
  getReconciliationRules: async (_input, { work }) => show((await work.find(rulesEntity, rulesId)) ?? none),
  putReconciliationRules: async ({ body: { rules, reason } }, { work, ifMatch }) => {
    const stored = await work.find(rulesEntity, rulesId);
    checkVersion(stored ?? none, ifMatch);
    const intent = { type: 'ReconciliationRulesChanged', reason };
    return show(
      stored === undefined
        ? work.create(rulesEntity, { rules }, intent)
        : work.replace(rulesEntity, stored, { rules }, intent),
    );
  },
  listReconciliationRulesHistory: ({ query }, scope) => readHistory(scope, rulesEntity, rulesId, query, show),
  previewReconciliationRules: async ({ body }, scope) => {
    const { value, version } = (await scope.work.find(rulesEntity, rulesId)) ?? none;
    return previewRules(body, compileRules(value.rules, version), scope);
  },
};

const none: Stored<StoredRules> = { value: { rules: [] }, version: 0 };

const show = ({ value, version, change }: Stored<StoredRules>) => ({
  rules: value.rules,
  defaults: [...defaultRules],
  version,
  ...(change === undefined ? {} : { updatedAt: change.at }),
});
