import { documentFormats } from '../../functions/imports/formats/document-formats.ts';
import type { Registry } from '../../functions/imports/formats/format.ts';
import { jsonFormats } from '../../functions/imports/formats/json-formats.ts';
import { registerFormats } from '../../functions/imports/formats/register-formats.ts';

/** What every planner reads. */
export const registries: readonly Registry[] = [jsonFormats, registerFormats, documentFormats];
