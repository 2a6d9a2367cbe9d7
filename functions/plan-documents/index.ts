import { documentFormats } from '../imports/formats/document-formats.ts';
import { createPlanner } from '../plan-import/create-planner.ts';
import { planDocumentsFunction } from './environment.ts';

export const handler = createPlanner(planDocumentsFunction, documentFormats);
