import type { Ci } from '../../domain/ci/ci.ts';
import { ciCandidates } from '../../domain/ci/ci-view.ts';
import { type ClassPlace, className } from '../../domain/ci/class-name.ts';
import type { CiPatch, NewCi } from '../../domain/ci/write-ci.ts';
import { checkAttributes, checkRequired } from '../../domain/model/check-attributes.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { decideByClass, placeNamed } from '../model/read-class.ts';

type Scope = Pick<RequestScope & ApiContext, 'table' | 'principal'>;

const modelOf = ({ table, principal }: Scope) => ({ table, tenant: principal.tenant });

/** The place of a new CI's class; its attributes are held against the class. Throws `unprocessable`. */
export const placeNewCi = async (scope: Scope, { class: name, attributes }: NewCi): Promise<ClassPlace> => {
  const place = await placeNamed(modelOf(scope), name, '#/body/class');
  await decideByClass(modelOf(scope), place, (ofClass) => {
    if (ofClass.retired) throw retired(name);
    checkAttributes(ofClass, attributes, new Set());
    checkRequired(ofClass, attributes);
  });
  return place;
};

/**
 * The place of a CI's class where an edit changes it. The model is read only when class or attributes are written; what a CI has of a
 * former class, and what sources say of it, stays and may be corrected. Throws `unprocessable`.
 */
export const placeEditedCi = async (scope: Scope, ci: Ci, patch: CiPatch): Promise<ClassPlace | undefined> => {
  const { class: name, attributes = {} } = patch;
  const moves = name !== undefined && name !== className(ci);
  if (!moves && Object.keys(attributes).length === 0) return undefined;
  const place = moves ? await placeNamed(modelOf(scope), name, '#/body/class') : ci;
  await decideByClass(modelOf(scope), place, (ofClass) => {
    if (moves && ofClass.retired) throw retired(name);
    const present = [...ciCandidates(ci).keys()];
    checkAttributes(ofClass, attributes, new Set(present));
    if (moves) checkRequired(ofClass, { ...Object.fromEntries(present.map((one) => [one, true])), ...attributes });
  });
  return moves ? place : undefined;
};

const retired = (name: string) =>
  new Problem('unprocessable', `The class ${name} is retired: it takes no new CIs.`, {
    errors: [{ pointer: '#/body/class', detail: 'A retired class.' }],
    fix: 'Name its broader class, or PUT it with retired: false.',
  });
