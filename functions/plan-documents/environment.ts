import { planImportFunction } from '../plan-import/environment.ts';
import { defineFunction } from '../shared/environment.ts';

export const planDocumentsFunction = defineFunction({
  ...planImportFunction,
  name: 'plan-documents',
  purpose: 'Does what plan-import does, for uploads of XML and YAML',
});
