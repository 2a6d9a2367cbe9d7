import * as z from 'zod';
import { FacetValue } from '../reconcile/facet.ts';
import { setManually, type Writing } from '../reconcile/manual.ts';
import { clearable } from '../shared/clearable.ts';
import { idFrom } from '../shared/id.ts';
import { type Ci, CiStatus } from './ci.ts';
import { CiFacts } from './ci-view.ts';
import { ClassName, type ClassPlace } from './class-name.ts';

/** `os.version`, `region`: starts with a letter, and is not one of the facts that stand for themselves. */
const AttributeName = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,99}$/)
  .refine((name) => !Object.hasOwn(CiFacts.shape, name), 'Send it beside attributes, not among them.');

/** What a person says of a new CI. */
export const NewCi = CiFacts.extend({
  class: ClassName,
  name: z.string().trim().min(1).max(300),
  status: CiStatus.default('operational'),
  attributes: z.record(AttributeName, FacetValue).default({}),
}).meta({ id: 'NewCi' });
export type NewCi = z.output<typeof NewCi>;

/** What a person may change of a CI; `null` gives a field back to the sources. */
export const CiPatch = clearable(CiFacts.shape)
  .extend({
    class: ClassName.optional(),
    status: CiStatus.optional(),
    attributes: z.record(AttributeName, FacetValue.nullable()).optional(),
  })
  .meta({ id: 'CiPatch' });
export type CiPatch = z.output<typeof CiPatch>;

export type CiCreation = Writing & { tenant: string; requestKey: string; correlationId: string };

/** A new CI. Its id comes from the request, so that a repeated request makes the same one. */
export const createCi = (input: NewCi, place: ClassPlace, creation: CiCreation): Ci => {
  const { class: _class, status, attributes, ...facts } = input;
  return {
    ciId: idFrom('ci', creation.digest, creation.tenant, creation.requestKey),
    ...placed(place),
    status,
    statusSetBy: 'person',
    identifiers: [],
    facets: setManually({}, { ...attributes, ...facts }, creation),
    origin: { correlationId: creation.correlationId },
    createdAt: creation.now,
  };
};

/** The CI after an edit by hand. A status set here is left alone by imports from now on. `place`: its class when that changes. */
export const editCi = (ci: Ci, patch: CiPatch, writing: Writing, place?: ClassPlace | undefined): Ci => {
  const { class: _class, status, attributes = {}, ...facts } = patch;
  const { retiredAt: _retiredAt, ...present } = ci;
  const next = status === undefined ? ci : { ...present, status, statusSetBy: 'person' as const };
  const { ownClasses: _own, ...anywhere } = next;
  return {
    ...(place === undefined ? next : { ...anywhere, ...placed(place) }),
    facets: setManually(ci.facets, { ...attributes, ...facts }, writing),
  };
};

const placed = ({ class: builtIn, ownClasses = [] }: ClassPlace): Pick<Ci, 'class' | 'ownClasses'> => ({
  class: builtIn,
  ...(ownClasses.length === 0 ? {} : { ownClasses: [...ownClasses] }),
});
