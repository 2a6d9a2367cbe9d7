import type { FacetValue } from '../reconcile/facet.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import { attributeFault } from './attribute-fault.ts';
import { nearText } from './near-names.ts';
import { definitionOf, type ResolvedClass } from './resolve-class.ts';

type Values = Readonly<Record<string, FacetValue | null>>;

/**
 * Holds what a person writes against the class. `present` are the attributes that the CI has by now: what a source has brought can be
 * corrected even where no class knows it, and what is retired can be taken back. Throws all faults at once, each with its place.
 */
export const checkAttributes = (ofClass: ResolvedClass, values: Values, present: ReadonlySet<string>): void => {
  refuse(Object.entries(values).flatMap(([name, value]) => faultsOf(ofClass, name, value, present)));
};

/** The attributes that a new CI of this class must come with, and does not. */
export const checkRequired = (ofClass: ResolvedClass, values: Values): void => {
  const missing = [...ofClass.attributes].filter(
    ([name, { required, retired }]) => required === true && retired !== true && (values[name] ?? null) === null,
  );
  refuse(
    missing.map(([name, { type, from }]) => ({
      code: 'unprocessable',
      pointer: pointerTo(name),
      detail: `A ${ofClass.name} has ${name} (${type}, of ${from}): it is missing.`,
    })),
  );
};

const faultsOf = (
  ofClass: ResolvedClass,
  name: string,
  value: FacetValue | null,
  present: ReadonlySet<string>,
): Refusal[] => {
  const say = (detail: string, fix?: string): Refusal[] => [
    { code: 'unprocessable', pointer: pointerTo(name), detail, ...(fix === undefined ? {} : { fix }) },
  ];
  const definition = definitionOf(ofClass, name);
  if (definition === undefined) {
    if (present.has(name)) return [];
    const near = nearText(name, activeNames(ofClass));
    return say(
      `A ${ofClass.name} has no attribute ${name}.${near}`,
      `GET /ci-classes/${ofClass.name} lists what it has; PUT adds attributes.`,
    );
  }
  if (value === null) {
    if (definition.required !== true || definition.retired === true) return [];
    return say(`A ${ofClass.name} cannot be without ${name}.`);
  }
  if (definition.retired === true) return say(`${name} is retired: it is shown, and takes no new value.`);
  const fault = attributeFault(definition, value);
  return fault === undefined ? [] : say(fault);
};

const activeNames = ({ attributes }: ResolvedClass): string[] =>
  [...attributes].flatMap(([name, { retired }]) => (retired === true ? [] : [name]));

const pointerTo = (name: string): string => `#/body/attributes/${name}`;
