import { lastHeard } from '../reconcile/candidates.ts';
import type { Facet, FacetSection, Facets } from '../reconcile/facet.ts';
import { canonical, sameContent } from '../shared/canonical.ts';
import type { Digest } from '../shared/id.ts';
import { laterOf } from '../shared/time.ts';

/**
 * Everything that sources said of two things that are one: each source's values are kept. Where one source spoke of both, its later
 * word stands, section by section; what people set by hand, and what books say, is united value by value. The order never matters.
 */
export const uniteFacets = (a: Facets, b: Facets, digest: Digest): Facets => {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(
    keys.flatMap((key) => {
      const [one, other] = [own(a, key), own(b, key)];
      const facet = one === undefined || other === undefined ? (one ?? other) : uniteFacet(one, other, digest);
      return facet === undefined ? [] : [[key, facet] as const];
    }),
  );
};

const own = (facets: Facets, key: string): Facet | undefined => (Object.hasOwn(facets, key) ? facets[key] : undefined);

const uniteFacet = (a: Facet, b: Facet, digest: Digest): Facet => {
  const [first, last] = inOrder(a, b, lastHeard);
  const heardAt = [a.heardAt, b.heardAt].filter((at) => at !== undefined).reduce(laterOf, '');
  const nativeKey = last.nativeKey ?? first.nativeKey;
  const names = [...new Set([...Object.keys(a.sections), ...Object.keys(b.sections)])].sort();
  const sections = names.flatMap((name) => {
    const [one, other] = [a.sections[name], b.sections[name]];
    const section =
      one === undefined || other === undefined ? (one ?? other) : uniteSection(one, other, a.half, digest);
    return section === undefined ? [] : [[name, section] as const];
  });
  return {
    half: a.half,
    ...(nativeKey === undefined ? {} : { nativeKey }),
    ...(heardAt === '' ? {} : { heardAt }),
    sections: Object.fromEntries(sections),
  };
};

const uniteSection = (a: FacetSection, b: FacetSection, half: Facet['half'], digest: Digest): FacetSection => {
  if (sameContent(a, b)) return a;
  const [first, last] = inOrder(a, b, ({ at }) => at);
  if (half === 'discovery' || first.values === undefined || last.values === undefined) return last;
  const values = { ...first.values, ...last.values };
  // What people set is hashed by its content; a book's hash tells whether its next row says something new.
  return { ...last, values, ...(half === 'manual' ? { hash: digest(canonical(values)).slice(0, 16) } : {}) };
};

/** The earlier first; of two at the same moment the one that comes first as text. */
const inOrder = <T>(a: T, b: T, at: (one: T) => string): [T, T] => {
  if (at(a) !== at(b)) return at(a) < at(b) ? [a, b] : [b, a];
  return canonical(a) < canonical(b) ? [a, b] : [b, a];
};
