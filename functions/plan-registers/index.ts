import { registerFormats } from '../imports/formats/register-formats.ts';
import { createPlanner } from '../plan-import/create-planner.ts';
import { planRegistersFunction } from './environment.ts';

export const handler = createPlanner(planRegistersFunction, registerFormats);
