import type { Trigger } from '../bus/contracts.ts';
import { planImportTrigger } from '../plan-import/contracts.ts';

/** The same as that of plan-import: what a file holds is only known when it was opened. */
export const planRegistersTrigger: Trigger = planImportTrigger;
