import * as z from 'zod';
import { type FacetSection, type Facets, sourceOfFacet } from '../reconcile/facet.ts';
import { count, text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';

/** One bulky list of a CI, as its facets name it: which source said it, when, how long it is, and the hash of its content. */
export const DetailList = z
  .strictObject({ section: text, source: text, at: Timestamp, count, hash: text })
  .meta({ id: 'DetailList' });
export type DetailList = z.infer<typeof DetailList>;

/** `facet`: the key of the facet that names the list; `bare`: the section is nothing but the list, so that its hash is that of the list. */
export type NamedList = DetailList & { facet: string; bare: boolean };

/** Every bulky list that the facets name, by section, and by facet inside it. */
export const detailListsOf = (facets: Facets): NamedList[] =>
  Object.entries(facets)
    .flatMap(([facet, { sections }]) => Object.entries(sections).flatMap(([name, one]) => listIn(facet, name, one)))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

/** Where a list stands among those of its CI: no section and no facet key has a line break. */
export const placeOf = ({ section, facet }: Pick<NamedList, 'section' | 'facet'>): string => `${section}\n${facet}`;

/** The latest of these lists; of two of the same moment the one of the facet that comes last as text. */
export const latestList = (lists: readonly NamedList[]): NamedList | undefined =>
  lists.reduce<NamedList | undefined>(
    (best, one) => (best === undefined || orderOf(one) > orderOf(best) ? one : best),
    undefined,
  );

const orderOf = ({ at, facet }: NamedList): string => `${at}\n${facet}`;

const listIn = (facet: string, section: string, { at, hash, values, count: entries }: FacetSection): NamedList[] =>
  entries === undefined
    ? []
    : [{ section, source: sourceOfFacet(facet), at, count: entries, hash, facet, bare: values === undefined }];
