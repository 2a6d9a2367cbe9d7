import type { Ci } from '../ci/ci.ts';
import { identifierTypes, parseCompact } from '../identity/identifier.ts';
import type { Facet, FacetSection, Facets } from '../reconcile/facet.ts';
import { canonical, sameContent } from '../shared/canonical.ts';
import type { Digest } from '../shared/id.ts';

/**
 * Sections of discovery that describe the hardware a CI runs on, not the CI: untrue from the moment another asset realises it.
 * Adding one touches this list only. What is installed and configured (os, software, network ...) stays until the new hardware reports.
 */
const hardwareSections: ReadonlySet<string> = new Set(
  `bios chassis hardware cpu cpus memory memories storages physicalVolumes batteries powerSupplies controllers usb inputs
   videos sounds slots ports modems firmwares simCards cameras sensors components interfaces networkPorts`.split(/\s+/),
);

/** Sections that describe both: of `device` only the name is the CI's, of `network` everything but the burnt-in address. */
const mixedSections: Readonly<Record<string, (key: string) => boolean>> = {
  device: (key) => key === 'name',
  network: (key) => key !== 'primaryMac',
};

/** Identifiers of the hardware that a CI carries while no asset is there to carry them, in compact form. */
export const hardwareIdentifiersOf = ({ identifiers }: Pick<Ci, 'identifiers'>): string[] =>
  identifiers.filter((compact) => identifierTypes[parseCompact(compact).type].owner === 'hardware');

export const withoutIdentifiers = (ci: Ci, gone: readonly string[]): Ci => ({
  ...ci,
  identifiers: ci.identifiers.filter((compact) => !gone.includes(compact)),
});

/** A CI's facets without what discovery said of its hardware; a facet with nothing else to say goes. Books and people stay. */
export const withoutHardware = (facets: Facets, digest: Digest): Facets =>
  mapDiscovered(facets, ({ sections }) =>
    Object.entries(sections).flatMap(([name, section]) => {
      const kept = logicalPart(name, section, digest);
      return kept === undefined ? [] : [[name, kept] as const];
    }),
  );

/**
 * The facets with the hardware as it was `before`, in place of what has been said of it since. A section that describes both is given
 * back when its logical part is as it was, otherwise the later word stands.
 */
export const withHardwareOf = (facets: Facets, before: Facets, digest: Digest): Facets => {
  const present = withoutHardware(facets, digest);
  const discovered = Object.fromEntries(Object.entries(before).filter(([, { half }]) => half === 'discovery'));
  const restored = mapDiscovered(discovered, (facet, key) => {
    const now = present[key]?.sections ?? {};
    const back = Object.entries(facet.sections).filter(([name, section]) => {
      const logical = logicalPart(name, section, digest);
      return logical === undefined || (logical !== section && sameContent(logical, now[name]));
    });
    return [...Object.entries(now), ...back];
  });
  return { ...present, ...restored };
};

type Sections = readonly (readonly [string, FacetSection])[];

const mapDiscovered = (facets: Facets, sectionsOf: (facet: Facet, key: string) => Sections): Facets =>
  Object.fromEntries(
    Object.entries(facets).flatMap(([key, facet]) => {
      if (facet.half !== 'discovery') return [[key, facet]];
      const sections = sectionsOf(facet, key);
      return sections.length === 0 ? [] : [[key, { ...facet, sections: Object.fromEntries(sections) }]];
    }),
  );

/** What stays of a section without its hardware: the section itself when it describes none, nothing when it describes nothing else. */
const logicalPart = (name: string, section: FacetSection, digest: Digest): FacetSection | undefined => {
  if (hardwareSections.has(name)) return undefined;
  const isLogical = Object.hasOwn(mixedSections, name) ? mixedSections[name] : undefined;
  const all = Object.entries(section.values ?? {});
  const kept = isLogical === undefined ? all : all.filter(([key]) => isLogical(key));
  if (kept.length === all.length) return section;
  if (kept.length === 0) return undefined;
  const values = Object.fromEntries(kept);
  return { at: section.at, hash: digest(canonical(['logical', values])).slice(0, 16), values };
};
