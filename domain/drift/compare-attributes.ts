import type { Facets } from '../reconcile/facet.ts';
import { attributePairs, isSecret, mostTags, sharedSections, tagSections } from './attribute-pairs.ts';
import { type Disagreement, type Said, saidOf, sectionSaidBy } from './said.ts';
import { type Meaning, saysSame } from './same-value.ts';

/**
 * The attributes on which what is declared and what was discovered disagree, by attribute. On each side the latest word counts. It
 * depends on the facets alone, in no order; an attribute that one side does not speak of is no disagreement.
 */
export const compareAttributes = (facets: Facets): Disagreement[] => {
  const found = new Map<string, Disagreement>();
  const compare = (subject: string, declared?: Said, discovered?: Said, meaning: Meaning = 'id') => {
    if (declared?.value === undefined || discovered?.value === undefined || found.has(subject)) return;
    if (isSecret(subject, declared.value, discovered.value)) return;
    if (saysSame(declared.value, discovered.value, meaning)) return;
    found.set(subject, { kind: 'attribute', subject, declared, discovered });
  };
  for (const { attribute, declared, discovered, meaning } of attributePairs) {
    compare(attribute, saidOf(facets, 'book', declared), saidOf(facets, 'discovery', discovered), meaning);
  }
  for (const name of sharedNames(facets)) {
    compare(name, saidOf(facets, 'book', [name]), saidOf(facets, 'discovery', [name]));
  }
  for (const one of compareTags(facets)) found.set(one.subject, one);
  return [...found.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1));
};

const sharedNames = (facets: Facets): string[] =>
  sharedSections.flatMap((section) =>
    Object.keys(sectionSaidBy(facets, 'book', [section])?.values ?? {}).map((key) => `${section}.${key}`),
  );

/** A declared tag must be there with its value; tags that nobody declared are nobody's drift. */
const compareTags = (facets: Facets): Disagreement[] => {
  const wanted = sectionSaidBy(facets, 'book', tagSections.declared);
  const there = sectionSaidBy(facets, 'discovery', tagSections.discovered);
  if (wanted === undefined || there === undefined) return [];
  const values = new Map(Object.entries(there.values).map(([name, value]) => [name.toLowerCase(), value]));
  const { source, at } = there;
  return Object.entries(wanted.values).flatMap(([name, value]): Disagreement[] => {
    const discovered = Object.hasOwn(there.values, name) ? there.values[name] : values.get(name.toLowerCase());
    if (isSecret(name, value, discovered) || (discovered === undefined && values.size >= mostTags)) return [];
    if (discovered !== undefined && saysSame(value, discovered, 'text')) return [];
    const declared = { value, source: wanted.source, at: wanted.at };
    const said = discovered === undefined ? { source, at } : { value: discovered, source, at };
    return [{ kind: 'attribute', subject: `tags.${name}`, declared, discovered: said }];
  });
};
