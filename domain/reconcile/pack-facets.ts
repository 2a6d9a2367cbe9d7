import * as z from 'zod';
import { optionalText, optionalWhole, text } from '../shared/scalars.ts';
import { Facet, type Facets } from './facet.ts';

/**
 * Facets as they are stored. A device has some twenty sections, most of them observed at one moment and most of them lists that lie
 * in S3; said once per section that would fill the item. So: `t` is the moment of every section that names no other, `u`
 * when it was heard again, `s` the sections with values, `l` the lists as `<hash> <count>`, or `<hash> <count> <moment>`.
 */
const PackedFacet = z.strictObject({
  h: Facet.shape.half,
  k: optionalText,
  u: optionalText,
  t: text,
  s: z.record(text, z.strictObject({ x: text, v: z.unknown().optional(), n: optionalWhole, t: optionalText })),
  l: z.record(text, text).optional(),
});
type PackedFacet = z.infer<typeof PackedFacet>;

export const packFacets = (facets: Facets): Record<string, PackedFacet> =>
  Object.fromEntries(Object.entries(facets).map(([source, facet]) => [source, packFacet(facet)]));

/** Reads the stored form back; throws on anything else, as for every stored row. */
export const unpackFacets = (packed: unknown): unknown =>
  Object.fromEntries(
    Object.entries(z.record(text, PackedFacet).parse(packed)).map(([source, facet]) => [source, unpackFacet(facet)]),
  );

const packFacet = ({ half, nativeKey, heardAt, sections }: Facet): PackedFacet => {
  const t = mostCommon(Object.values(sections).map(({ at }) => at));
  const s: PackedFacet['s'] = {};
  const l: Record<string, string> = {};
  for (const [name, { at, hash, values, count }] of Object.entries(sections)) {
    if (values === undefined && count !== undefined) l[name] = [hash, count, ...(at === t ? [] : [at])].join(' ');
    else s[name] = { x: hash, v: values, ...(count === undefined ? {} : { n: count }), ...(at === t ? {} : { t: at }) };
  }
  return {
    h: half,
    ...(nativeKey === undefined ? {} : { k: nativeKey }),
    ...(heardAt === undefined ? {} : { u: heardAt }),
    t,
    s,
    ...(Object.keys(l).length === 0 ? {} : { l }),
  };
};

const unpackFacet = ({ h, k, u, t, s, l = {} }: PackedFacet): unknown => {
  const sections: Record<string, unknown> = {};
  for (const [name, { x, v, n, t: own }] of Object.entries(s)) {
    sections[name] = {
      at: own ?? t,
      hash: x,
      ...(v === undefined ? {} : { values: v }),
      ...(n === undefined ? {} : { count: n }),
    };
  }
  for (const [name, text] of Object.entries(l)) {
    const [hash, count, own] = text.split(' ');
    sections[name] = { at: own ?? t, hash, count: Number(count) };
  }
  return {
    half: h,
    ...(k === undefined ? {} : { nativeKey: k }),
    ...(u === undefined ? {} : { heardAt: u }),
    sections,
  };
};

const mostCommon = (moments: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const moment of moments) counts.set(moment, (counts.get(moment) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? '';
};
