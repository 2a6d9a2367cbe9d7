import type { Facet, FacetSection } from './facet.ts';

/** What one record says of one entity: whole sections, observed at one moment. */
export type IncomingFacet = {
  half: Facet['half'];
  nativeKey: string;
  at: string;
  sections: Record<string, Omit<FacetSection, 'at'>>;
};

/**
 * One source's facet after one more record of it. Per section the later observation wins; of two at the same moment the one that
 * comes in. A section that the record does not carry is kept (absence never deletes), so a partial inventory touches only its own.
 * An equal section keeps its time: unchanged news is no news. In the asset book a blank cell means "leave", so its values overlay.
 */
export const mergeFacet = (facet: Facet | undefined, incoming: IncomingFacet): Facet => {
  const sections: Record<string, FacetSection> = { ...facet?.sections };
  for (const [name, section] of Object.entries(incoming.sections)) {
    const known = sections[name];
    if (known !== undefined && (known.hash === section.hash || known.at > incoming.at)) continue;
    const values =
      incoming.half === 'book' && known?.values !== undefined ? { ...known.values, ...section.values } : section.values;
    sections[name] = { ...section, ...(values === undefined ? {} : { values }), at: incoming.at };
  }
  return { half: incoming.half, nativeKey: incoming.nativeKey, sections };
};

/** Sections of the record that an older observation could not move: told as a warning, not applied. */
export const staleSections = (facet: Facet | undefined, incoming: IncomingFacet): string[] =>
  Object.entries(incoming.sections).flatMap(([name, section]) => {
    const known = facet?.sections[name];
    return known !== undefined && known.hash !== section.hash && known.at > incoming.at ? [name] : [];
  });
