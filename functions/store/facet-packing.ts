import * as z from 'zod';
import type { Facets } from '../../domain/reconcile/facet.ts';
import { packFacets, unpackFacets } from '../../domain/reconcile/pack-facets.ts';

/** Stores an entity with its facets packed, so that a device with twenty sections stays small. */
export const facetPacking = {
  pack: <T extends { facets: Facets }>(value: T) => ({ ...value, facets: packFacets(value.facets) }),
  unpack: (stored: unknown) => {
    const { facets, ...rest } = z.looseObject({ facets: z.unknown() }).parse(stored);
    return { ...rest, facets: unpackFacets(facets) };
  },
};
