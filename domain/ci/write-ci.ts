import * as z from 'zod';
import { FacetValue } from '../reconcile/facet.ts';
import { setManually, type Writing } from '../reconcile/manual.ts';
import { clearable } from '../shared/clearable.ts';
import { idFrom } from '../shared/id.ts';
import { type Ci, CiStatus } from './ci.ts';
import { CiClass } from './ci-classes.ts';
import { CiFacts } from './ci-view.ts';

/** `os.version`, `region`: starts with a letter, and is not one of the facts that stand for themselves. */
const AttributeName = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,99}$/)
  .refine((name) => !Object.hasOwn(CiFacts.shape, name), 'Send it beside attributes, not among them.');

/** What a person says of a new CI. */
export const NewCi = CiFacts.extend({
  class: CiClass,
  name: z.string().trim().min(1).max(300),
  status: CiStatus.default('operational'),
  attributes: z.record(AttributeName, FacetValue).default({}),
}).meta({ id: 'NewCi' });
export type NewCi = z.output<typeof NewCi>;

/** What a person may change of a CI; `null` gives a field back to the sources. */
export const CiPatch = clearable(CiFacts.shape)
  .extend({
    class: CiClass.optional(),
    status: CiStatus.optional(),
    attributes: z.record(AttributeName, FacetValue.nullable()).optional(),
  })
  .meta({ id: 'CiPatch' });
export type CiPatch = z.output<typeof CiPatch>;

export type CiCreation = Writing & { tenant: string; requestKey: string; correlationId: string };

/** A new CI. Its id comes from the request, so that a repeated request makes the same one. */
export const createCi = (input: NewCi, creation: CiCreation): Ci => {
  const { class: ciClass, status, attributes, ...facts } = input;
  return {
    ciId: idFrom('ci', creation.digest, creation.tenant, creation.requestKey),
    class: ciClass,
    status,
    statusSetBy: 'person',
    identifiers: [],
    facets: setManually({}, { ...attributes, ...facts }, creation),
    origin: { correlationId: creation.correlationId },
    createdAt: creation.now,
  };
};

/** The CI after an edit by hand. A status set here is left alone by imports from now on. */
export const editCi = (ci: Ci, patch: CiPatch, writing: Writing): Ci => {
  const { class: ciClass = ci.class, status, attributes = {}, ...facts } = patch;
  const { retiredAt: _retiredAt, ...present } = ci;
  return {
    ...(status === undefined ? ci : { ...present, status, statusSetBy: 'person' as const }),
    class: ciClass,
    facets: setManually(ci.facets, { ...attributes, ...facts }, writing),
  };
};
