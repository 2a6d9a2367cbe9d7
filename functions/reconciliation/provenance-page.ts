import * as z from 'zod';
import { AttributeProvenance } from '../../domain/reconcile/provenance.ts';
import { asOfParameters } from '../http/as-of.ts';
import { pageOf, pageParameters } from '../http/page.ts';

/** A page of a provenance holds up to 100 attributes, and that many unless told otherwise: few things have more. */
export const ProvenanceQuery = z.strictObject({
  ...pageParameters,
  ...asOfParameters,
  limit: z.coerce.number().int().min(1).max(100).default(100),
});
export type ProvenanceQuery = z.output<typeof ProvenanceQuery>;

export const ProvenancePage = pageOf('ProvenancePage', AttributeProvenance);
