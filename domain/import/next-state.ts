import type { Asset } from '../asset/asset.ts';
import { AssetStatus } from '../asset/lifecycle.ts';
import type { Ci } from '../ci/ci.ts';
import { type CiClassName, ciClasses } from '../ci/ci-classes.ts';
import {
  type CompactIdentifier,
  compactIdentifier,
  type Identifier,
  identifierTypes,
  parseCompact,
} from '../identity/identifier.ts';
import { type Facets, facetKey } from '../reconcile/facet.ts';
import { facetOf, type IncomingFacet, mergeFacet } from '../reconcile/merge.ts';
import type { KnownPair, RecordInput } from './record-input.ts';

/**
 * The asset after this record: its source's facet merged, its identifiers joined, its status as the sources have it.
 * Hardware identifiers that its CI kept while there was no asset come to it.
 */
export const nextAsset = (input: RecordInput, { asset, ci }: KnownPair, facet: IncomingFacet, newId: string): Asset => {
  const facets = mergeInto(asset?.facets ?? {}, input.source, facet);
  const base: Asset = asset ?? {
    assetId: newId,
    kind: input.record.assetKind ?? 'hardware',
    status: 'in-stock',
    statusSetBy: 'import',
    identifiers: [],
    facets,
    bindings: 0,
    origin: { correlationId: input.runId, record: input.record.recordIndex },
    createdAt: input.now,
  };
  return {
    ...base,
    facets,
    identifiers: joined([...base.identifiers, ...(ci?.identifiers ?? []).filter(isHardware)], input.identifiers).filter(
      isHardware,
    ),
    status: base.statusSetBy === 'import' ? importedStatus(base, facets) : base.status,
  };
};

/**
 * The CI after this record. A more special class replaces a broader one, never the other way round; one of the tenant's own stays.
 * Of the book's records only those that name a CI class (services) say something of the CI; the others speak of the asset.
 * With an asset beside it, it keeps logical identifiers only: the hardware's go with the hardware when it is swapped.
 */
export const nextCi = (
  input: RecordInput,
  known: Ci | undefined,
  facet: IncomingFacet,
  newId: string,
  hasAsset: boolean,
): Ci => {
  const ciClass = input.record.ciClass;
  const base: Ci = known ?? {
    ciId: newId,
    class: ciClass ?? 'unmanaged',
    status: 'operational',
    statusSetBy: 'import',
    identifiers: [],
    facets: {},
    origin: { correlationId: input.runId, record: input.record.recordIndex },
    createdAt: input.now,
  };
  const hasFacet = speaksOfCi(input.record) && Object.keys(facet.sections).length > 0;
  return {
    ...base,
    class: ciClass === undefined || base.ownClasses !== undefined ? base.class : moreSpecial(base.class, ciClass),
    facets: hasFacet ? mergeInto(base.facets, input.source, facet) : base.facets,
    identifiers: joined(base.identifiers, input.identifiers).filter((one) => !hasAsset || !isHardware(one)),
  };
};

/** Does the record say something of a CI? A book's does not, unless it names the class of one. */
export const speaksOfCi = ({ half, ciClass }: RecordInput['record']): boolean =>
  half === 'discovery' || ciClass !== undefined;

const mergeInto = (facets: Facets, source: string, incoming: IncomingFacet): Facets => {
  const key = facetKey(source, incoming.half);
  const known = facetOf(facets, key);
  return Object.keys(incoming.sections).length === 0 && known === undefined
    ? facets
    : { ...facets, [key]: mergeFacet(known, incoming) };
};

/** What identity compares later. Addresses come and go and are no part of it; rejected ones never were. */
const joined = (known: readonly string[], more: readonly Identifier[]): string[] => {
  const lasting = more.filter(({ strength, type }) => strength !== 'rejected' && type !== 'ip');
  return distinctIdentifiers([...known, ...lasting.map(compactIdentifier)]);
};

/** In text order, once each. A serial without its vendor gives way to the same one with it: kept beside it, it would fit every vendor. */
export const distinctIdentifiers = (compacts: readonly string[]): string[] => {
  const all = [...new Set(compacts)].sort();
  const qualified = new Set(all.map(parseCompact).flatMap((one) => (one.qualifier === '' ? [] : [nameOf(one)])));
  return all.filter((compact) => {
    const one = parseCompact(compact);
    return one.qualifier !== '' || !qualified.has(nameOf(one));
  });
};

const nameOf = ({ type, value }: CompactIdentifier): string => `${type}|${value}`;

export const isHardware = (compact: string): boolean =>
  identifierTypes[parseCompact(compact).type].owner === 'hardware';

/** The latest word of the asset books; without one: `deployed` while it realises a CI, else `in-stock`. */
export const importedStatus = (asset: Asset, facets: Facets): AssetStatus => {
  const words = Object.entries(facets).flatMap(([source, { half, sections }]) => {
    const status = AssetStatus.safeParse(sections.itam?.values?.status);
    return half === 'book' && status.success ? [{ at: sections.itam?.at ?? '', source, status: status.data }] : [];
  });
  const latest = words.sort((a, b) => (a.at === b.at ? (a.source < b.source ? -1 : 1) : a.at > b.at ? -1 : 1))[0];
  const isSeen = Object.values(facets).some(({ half }) => half === 'discovery');
  return latest?.status ?? (asset.binding === undefined && !isSeen ? 'in-stock' : 'deployed');
};

/** Classes that sources give to one thing, the surest first: a guest's agent calls it a computer, a cloud calls it a resource. */
const surest: readonly CiClassName[] = ['virtual-machine', 'storage', 'server', 'computer', 'cloud-resource'];

/** The class that tells more of two, whichever comes first. */
export const moreSpecial = (known: CiClassName, incoming: CiClassName): CiClassName => {
  if (known === incoming || descends(known, incoming)) return known;
  if (known === 'unmanaged' || descends(incoming, known)) return incoming;
  const [mine, theirs] = [surest.indexOf(known), surest.indexOf(incoming)];
  return theirs >= 0 && theirs < mine ? incoming : known;
};

const descends = (ciClass: CiClassName, ancestor: CiClassName): boolean => {
  const parent = (ciClasses[ciClass] as { extends?: CiClassName }).extends;
  return parent !== undefined && (parent === ancestor || descends(parent, ancestor));
};
