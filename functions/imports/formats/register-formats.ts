import { csv } from './csv/format.ts';
import type { Registry } from './format.ts';
import { itsmJson } from './itsm-json/format.ts';
import { mdm } from './mdm/format.ts';
import { sbom } from './sbom/format.ts';

/** What plan-registers reads: what other registers and tools export of what they know. In the order of the catalogue. */
export const registerFormats: Registry = {
  family: 'registers',
  formats: [mdm, sbom, itsmJson, csv],
};
