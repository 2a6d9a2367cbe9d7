import { type Facet, type Facets, sourceOfFacet } from '../reconcile/facet.ts';
import { facetOf } from '../reconcile/merge.ts';
import type { Digest } from '../shared/id.ts';
import { tracePart, type UndoneRun, type Version } from './trace.ts';
import { type SectionField, undoSection } from './undo-section.ts';

type Faceted = { facets: Facets };

/** The facets of the latest version without what the run's source said in that run; other sources and people stay as they are. */
export const undoFacets = <T extends Faceted>(
  versions: readonly Version<T>[],
  run: UndoneRun,
  digest: Digest,
): { facets: Facets; fields: SectionField[] } => {
  const latest = versions.at(-1)?.value.facets ?? {};
  const keys = [...new Set(versions.flatMap(({ value }) => Object.keys(value.facets)))];
  const fields: SectionField[] = [];
  const facets = { ...latest };
  for (const key of keys.filter((one) => sourceOfFacet(one) === run.source)) {
    const names = new Set(versions.flatMap(({ value }) => Object.keys(facetOf(value.facets, key)?.sections ?? {})));
    const sections = { ...facetOf(latest, key)?.sections };
    for (const name of names) {
      const undone = undoSection(versions, run, key, name, digest);
      if (undone === undefined) continue;
      fields.push(...undone.fields);
      if (undone.section === undefined) delete sections[name];
      else sections[name] = undone.section;
    }
    const shell = shellOf(versions, run, key);
    if (shell === undefined || (Object.keys(sections).length === 0 && names.size > 0)) delete facets[key];
    else facets[key] = { ...shell, sections };
  }
  return { facets, fields };
};

/** What a facet holds beside its sections, as it was before the run unless it has changed since. */
const shellOf = <T extends Faceted>(
  versions: readonly Version<T>[],
  run: UndoneRun,
  key: string,
): Omit<Facet, 'sections'> | undefined => {
  const read = (value: T | undefined) => {
    const facet = value === undefined ? undefined : facetOf(value.facets, key);
    if (facet === undefined) return undefined;
    const { sections: _sections, ...shell } = facet;
    return shell;
  };
  const now = read(versions.at(-1)?.value);
  const traced = tracePart(versions, run, read);
  return traced === undefined || traced.later !== undefined ? now : (traced.was ?? now);
};
