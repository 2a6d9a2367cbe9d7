import { jsonFormats } from '../imports/formats/json-formats.ts';
import { createPlanner } from './create-planner.ts';
import { planImportFunction } from './environment.ts';

export const handler = createPlanner(planImportFunction, jsonFormats);
