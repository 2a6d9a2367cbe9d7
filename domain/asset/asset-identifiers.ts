import type { RawIdentifier } from '../discovery/record.ts';
import type { Identifier } from '../identity/identifier.ts';
import { normaliseIdentifier } from '../identity/normalise.ts';
import { thingSections } from '../reconcile/authority.ts';
import type { Facets } from '../reconcile/facet.ts';
import { manualSource, manualValues } from '../reconcile/manual.ts';
import { Problem, type ProblemError } from '../shared/problem.ts';
import { assetValues } from './asset-view.ts';

const byHand = { feed: manualSource, nature: 'physical', container: false } as const;
const keyedFacts = ['serial', 'assetTag'] as const;

/**
 * Identifiers that a person typed, normalised. One that names nothing (`To be filled by O.E.M.`) is refused, with its pointer:
 * `given` maps a JSON pointer to the raw identifier.
 */
export const readIdentifiers = (given: Record<string, RawIdentifier>): Identifier[] => {
  const errors: ProblemError[] = [];
  const identifiers = Object.entries(given).flatMap(([pointer, raw]) => {
    const identifier = normaliseIdentifier(raw, byHand);
    if (identifier !== undefined && identifier.strength !== 'rejected') return [identifier];
    errors.push({ pointer, detail: `It identifies nothing: ${identifier?.reason ?? 'it is blank'}.` });
    return [];
  });
  if (errors.length === 0) return identifiers;
  throw new Problem('unprocessable', 'An identifier is a placeholder or malformed.', {
    errors,
    fix: 'Send what is printed on the device, or leave the field out.',
  });
};

/** Serial and tag of a request, by their pointers. */
export const keyedFactsOf = (facts: {
  serial?: string | null | undefined;
  assetTag?: string | null | undefined;
}): Record<string, RawIdentifier> =>
  Object.fromEntries(
    keyedFacts.flatMap((type) => {
      const value = facts[type];
      return typeof value === 'string' ? [[`#/body/${type}`, { type, value }]] : [];
    }),
  );

/** Serial and asset tag as people set them, qualified by the manufacturer and the company that are shown. */
export const identifiersByHand = (facets: Facets): Identifier[] => {
  const manual = manualValues(facets);
  const { manufacturer, company } = assetValues({ facets });
  return keyedFacts.flatMap((type) => {
    const value = manual[type];
    if (typeof value !== 'string') return [];
    const qualifier = type === 'serial' ? manufacturer : company;
    const raw = { type, value, ...(qualifier === undefined ? {} : { qualifier }) };
    const identifier = normaliseIdentifier(raw, byHand);
    return identifier === undefined || identifier.strength === 'rejected' ? [] : [identifier];
  });
};

/** Is this serial or tag also what some source, not a person, says? Then an edit by hand does not take it away. */
export const isAsserted = (facets: Facets, { type, value }: Identifier): boolean =>
  Object.entries(facets).some(
    ([source, { sections }]) =>
      source !== manualSource &&
      thingSections.some((section) => {
        const raw = sections[section]?.values?.[type];
        return typeof raw === 'string' && normaliseIdentifier({ type, value: raw }, byHand)?.value === value;
      }),
  );
