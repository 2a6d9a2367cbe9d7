import type { Trigger } from '../bus/contracts.ts';

/** Where planners call for each other, beside the uploads: what is stored there wakes all of them, as an upload does. */
export const goOnPrefix = 'go-on/';

/** The home tenant uploads under `discovery/<source>/`, any other under `tenants/<tenant>/discovery/<source>/`; a planner without time calls for the next. */
export const planImportTrigger: Trigger = { kind: 'upload', keyPrefixes: ['discovery/', 'tenants/', goOnPrefix] };
