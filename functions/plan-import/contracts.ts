import type { Trigger } from '../bus/contracts.ts';

/** The home tenant uploads under `discovery/<source>/`, any other under `tenants/<tenant>/discovery/<source>/`. */
export const planImportTrigger: Trigger = { kind: 'upload', keyPrefixes: ['discovery/', 'tenants/'] };
