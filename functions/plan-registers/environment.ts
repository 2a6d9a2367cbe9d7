import { planImportFunction } from '../plan-import/environment.ts';
import { defineFunction } from '../shared/environment.ts';

export const planRegistersFunction = defineFunction({
  ...planImportFunction,
  name: 'plan-registers',
  purpose: 'Does what plan-import does, for exports of registers: CSV, JSON lists, bills of software',
});
