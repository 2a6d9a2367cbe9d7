import { packMoment, unpackMoment } from '../shared/packed-moment.ts';
import type { Facet, FacetSection, Facets } from './facet.ts';

/*
 * Facets as they are stored. A device has some twenty sections, most of them observed at one moment and most of them lists that lie
 * in S3; said once per section that would fill the item, of which every 1,024 bytes cost a unit to write. So: `h` is the half, `k` the
 * source's own name for the thing (`q` when the source's name and a colon stand in front of it: what follows), `t` the moment of every section that names no other, `u` when
 * it was heard again, `l` the lists as `<hash> <count>`, or `<hash> <count> <moment>`, and `s` the sections with values: the values
 * themselves, with their hash as `#`. A section that has more than hash and values is kept as `x` (hash), `v` (values), `n` (count), `t`
 * (moment): the only form that older items know.
 */
type PackedSection = Record<string, unknown>;
type PackedFacet = {
  h: Facet['half'];
  k?: string;
  q?: string;
  u?: string | number;
  t: string | number;
  s: Record<string, PackedSection>;
  l?: Record<string, string>;
};

const hashName = '#';

export const packFacets = (facets: Facets): Record<string, PackedFacet> => {
  const packed: Record<string, PackedFacet> = {};
  for (const source of Object.keys(facets)) packed[source] = packFacet(facets[source] as Facet, source);
  return packed;
};

/** Reads the stored form back; throws on what is no such form. What it holds is for the entity's schema to judge. */
export const unpackFacets = (packed: unknown): unknown => {
  if (!isRecord(packed)) throw new Error('Unrecognized form of facets.');
  const facets: Record<string, unknown> = {};
  for (const source of Object.keys(packed)) {
    const facet = packed[source];
    if (!isPacked(facet)) throw new Error(`Unrecognized form of the facet ${source}.`);
    facets[source] = unpackFacet(facet, source);
  }
  return facets;
};

const packFacet = ({ half, nativeKey, heardAt, sections }: Facet, source: string): PackedFacet => {
  const t = mostCommon(sections);
  const s: PackedFacet['s'] = {};
  const l: Record<string, string> = {};
  for (const name of Object.keys(sections)) {
    const section = sections[name] as FacetSection;
    const { at, hash, values, count } = section;
    if (values === undefined && count !== undefined) l[name] = [hash, count, ...(at === t ? [] : [at])].join(' ');
    else s[name] = packSection(section, t);
  }
  return {
    h: half,
    ...namedBy(nativeKey, source),
    ...(heardAt === undefined ? {} : { u: packMoment(heardAt) }),
    t: packMoment(t),
    s,
    ...(Object.keys(l).length === 0 ? {} : { l }),
  };
};

const packSection = ({ at, hash, values, count }: FacetSection, t: string): PackedSection =>
  values !== undefined && count === undefined && at === t && !Object.hasOwn(values, hashName)
    ? { [hashName]: hash, ...values }
    : {
        x: hash,
        ...(values === undefined ? {} : { v: values }),
        ...(count === undefined ? {} : { n: count }),
        ...(at === t ? {} : { t: packMoment(at) }),
      };

const unpackFacet = ({ h, k, q, u, t, s, l = {} }: PackedFacet, source: string): unknown => {
  const moment = unpackMoment(t);
  const sections: Record<string, unknown> = {};
  for (const name of Object.keys(s)) sections[name] = unpackSection(s[name], moment);
  for (const name of Object.keys(l)) {
    const [hash, count, own] = String(l[name]).split(' ');
    sections[name] = { at: own ?? moment, hash, count: Number(count) };
  }
  return {
    half: h,
    ...(k === undefined ? {} : { nativeKey: k }),
    ...(q === undefined ? {} : { nativeKey: `${source}:${q}` }),
    ...(u === undefined ? {} : { heardAt: unpackMoment(u) }),
    sections,
  };
};

const unpackSection = (section: unknown, moment: unknown): unknown => {
  if (!isRecord(section)) return section;
  if (Object.hasOwn(section, hashName)) {
    const { [hashName]: hash, ...values } = section;
    return { at: moment, hash, values };
  }
  const { x, v, n, t, ...rest } = section;
  return {
    at: t === undefined ? moment : unpackMoment(t),
    hash: x,
    ...(v === undefined ? {} : { values: v }),
    ...(n === undefined ? {} : { count: n }),
    ...rest,
  };
};

const namedBy = (nativeKey: string | undefined, source: string): { k?: string; q?: string } =>
  nativeKey === undefined
    ? {}
    : nativeKey.startsWith(`${source}:`)
      ? { q: nativeKey.slice(source.length + 1) }
      : { k: nativeKey };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPacked = (facet: unknown): facet is PackedFacet =>
  isRecord(facet) &&
  isRecord(facet.s) &&
  (facet.l === undefined || isRecord(facet.l)) &&
  Object.keys(facet).every((name) => packedNames.has(name));

const packedNames: ReadonlySet<string> = new Set(['h', 'k', 'q', 'u', 't', 's', 'l']);

const mostCommon = (sections: Facet['sections']): string => {
  const counts = new Map<string, number>();
  for (const name of Object.keys(sections)) {
    const { at } = sections[name] as FacetSection;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  if (counts.size === 1) return counts.keys().next().value as string;
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? '';
};
