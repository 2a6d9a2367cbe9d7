import type { Origin } from '../../domain/asset/asset.ts';
import type { Facets } from '../../domain/reconcile/facet.ts';
import { packFacets, unpackFacets } from '../../domain/reconcile/pack-facets.ts';
import { packMoment, unpackMoment } from '../../domain/shared/packed-moment.ts';

type Thing = {
  facets: Facets;
  statusSetBy: 'import' | 'person';
  binding?: { bindingId: string; from: string } | undefined;
  origin: Origin;
  createdAt: string;
  ciId?: string;
};

/**
 * Stores assets and CIs in a shorter form, so that a device of a fleet costs one unit to write: facets packed; `o` the origin, a run as its
 * own part and the record's index; `n` when it was made; `statusSetBy` only when a person did; of the binding, whose id is known from the
 * CI's, `b` the rest of it, and `from` unless that is when the thing was made. Other names stay as they are: the relay and the counters
 * read them from the stored form. Older items, which have none of this, are read as they are.
 */
export const thingPacking = {
  pack: <T extends Thing>({ facets, statusSetBy, binding, origin, createdAt, ...rest }: T) => ({
    ...rest,
    ...(statusSetBy === 'import' ? {} : { statusSetBy }),
    facets: packFacets(facets),
    ...(binding === undefined ? {} : { binding: packBinding(binding, createdAt, rest.ciId) }),
    o: packOrigin(origin),
    n: packMoment(createdAt),
  }),
  unpack: (stored: unknown): unknown => {
    if (!isRecord(stored)) return stored;
    const { facets, o, n, binding, ...rest } = stored;
    if (o === undefined) return { ...stored, facets: unpackFacets(facets) };
    const createdAt = unpackMoment(n);
    return {
      statusSetBy: 'import',
      ...rest,
      facets: unpackFacets(facets),
      ...(binding === undefined ? {} : { binding: unpackBinding(binding, createdAt, rest.ciId) }),
      origin: unpackOrigin(o),
      createdAt,
    };
  },
};

const ownRun = /^run_([a-z2-7]{26})$/;
const packedOrigin = /^([a-z2-7]{26}) (\d+)$/;

const packOrigin = (origin: Origin): unknown => {
  const run = ownRun.exec(origin.correlationId)?.[1];
  return run === undefined || origin.record === undefined ? origin : `${run} ${origin.record}`;
};

const unpackOrigin = (packed: unknown): unknown => {
  const [, run, record] = (typeof packed === 'string' && packedOrigin.exec(packed)) || [];
  return run === undefined ? packed : { correlationId: `run_${run}`, record: Number(record) };
};

type Packed = { ciId?: unknown };

/** The id of a binding is its CI's own part, and the rest: the CI is the other end, or the thing itself. */
const ownOf = (binding: Packed, ciId: unknown): string => {
  const id = binding.ciId ?? ciId;
  return typeof id === 'string' ? id.slice(id.indexOf('_') + 1) : '';
};

const packBinding = (
  { bindingId, from, ...other }: NonNullable<Thing['binding']>,
  createdAt: string,
  ciId: string | undefined,
) => {
  const start = `bnd_${ownOf(other, ciId)}_`;
  return {
    ...other,
    ...(bindingId.startsWith(start) ? { b: bindingId.slice(start.length) } : { bindingId }),
    ...(from === createdAt ? {} : { from: packMoment(from) }),
  };
};

const unpackBinding = (packed: unknown, createdAt: unknown, ciId: unknown): unknown => {
  if (!isRecord(packed)) return packed;
  const { b, from, ...other } = packed;
  return {
    ...other,
    ...(b === undefined ? {} : { bindingId: `bnd_${ownOf(other, ciId)}_${b}` }),
    from: from === undefined ? createdAt : unpackMoment(from),
  };
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
