import type { Ci } from '../../domain/ci/ci.ts';

/** Addresses by which any source knows a CI. */
export const addressesOf = ({ facets }: Pick<Ci, 'facets'>): Set<string> =>
  new Set(
    Object.values(facets).flatMap(({ sections }) =>
      Object.values(sections).flatMap(({ values = {} }) =>
        Object.entries(values).flatMap(([key, value]) => (addressKeys.has(key) ? textsOf(value) : [])),
      ),
    ),
  );

/** Attributes of the built-in model that hold addresses of the CI itself: a gateway or a name server is another one's. */
const addressKeys: ReadonlySet<string> = new Set(['ipAddresses', 'managementAddress']);

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one) => (typeof one === 'string' ? [one.toLowerCase()] : []));
