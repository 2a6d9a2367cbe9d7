import type { Ci } from '../../domain/ci/ci.ts';
import { ciValues } from '../../domain/ci/ci-view.ts';
import { comparedTypes, compareEdges, edgeKindOf, groupOf, type Neighbour } from '../../domain/drift/compare-edges.ts';
import { type Disagreement, declares, isDiscovered } from '../../domain/drift/said.ts';
import { byDefaultRules } from '../../domain/reconcile/decide-value.ts';
import { type Facet, type Facets, facetKey } from '../../domain/reconcile/facet.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { relationshipIdOf } from '../../domain/relationship/write-relationship.ts';
import { ciEntity } from '../cis/entity.ts';
import { inwardPrefix, outwardPrefix, relationshipEntity } from '../relationships/entity.ts';
import { digest } from '../shared/digest.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item, Table } from '../store/table.ts';
import { type Look, lookFrom } from './drift-look.ts';

/** Edges on one side of a CI that are looked at. What has more is a hub that others lean on, and owns no compared edge. */
const mostEdges = 300;

/**
 * The CIs to look at for changed edges: both ends, and those that depend on the CI an edge leads from, since what they need by way of it
 * is not their own. Only those that are declared and discovered are looked at; where nothing is declared, an edge costs one read unit.
 * These reads may lag: a CI that changes just now is looked at for its own change.
 */
export const looksForEdges = async (table: Table, items: readonly Item[]): Promise<Look[]> => {
  const edges = items.map((item) => ({ look: lookFrom(item), edge: relationshipEntity.fromItem(item).value }));
  const looksAt = (ciIds: (edge: Relationship) => readonly string[]): Look[] =>
    edges.flatMap(({ look, edge }) => ciIds(edge).map((ciId) => ({ ...look, ciId, edgeIds: [edge.relationshipId] })));
  const ends = looksAt(({ from, to }) => [from, to]);
  const cis = await readCis(table, ends, false);
  const leaning = new Map<string, readonly string[]>();
  for (const { look, edge } of edges) {
    const ci = cis.get(ciEntity.keyOf(look.tenant, edge.from).pk);
    if (edge.type !== comparedTypes.declared || ci === undefined || !declares(ci.facets)) continue;
    const found = await inward(table, look.tenant, edge.from, comparedTypes.declared);
    leaning.set(
      edge.relationshipId,
      found.map(({ from }) => from),
    );
  }
  const others = looksAt(({ relationshipId }) => leaning.get(relationshipId) ?? []);
  const all = new Map([...cis, ...(await readCis(table, others, false))]);
  return [...ends, ...others].filter(({ tenant, ciId }) => {
    const facets = all.get(ciEntity.keyOf(tenant, ciId).pk)?.facets ?? {};
    return declares(facets) && isDiscovered(facets);
  });
};

/** Where the two sides disagree on a CI's neighbours. */
export const edgeDisagreements = async (table: Table, look: Look, ci: Ci): Promise<Disagreement[]> => {
  if (edgeKindOf(ci.facets) !== undefined) return [];
  const edges = await edgesOf(table, look, ci.ciId);
  if (edges === undefined) return [];
  const others = await readCis(
    table,
    edges.map((edge) => ({ tenant: look.tenant, ciId: otherEnd(edge, ci.ciId) })),
  );
  const neighbours = (type: Relationship['type'], half: Facet['half']): Neighbour[] =>
    edges.flatMap((edge) => {
      const ciId = otherEnd(edge, ci.ciId);
      const other = others.get(ciEntity.keyOf(look.tenant, ciId).pk);
      const kind = other === undefined ? undefined : edgeKindOf(other.facets);
      if (other === undefined || kind === undefined || edge.type !== type) return [];
      const source = edge.sources.find((name) => [ci.facets, other.facets].some((all) => speaks(all, name, half)));
      if (source === undefined) return [];
      const name = ciValues(other, byDefaultRules).facts.name ?? ciId;
      return [{ ciId, kind, name, group: groupOf(ciId, other.facets), source, at: edge.validFrom }];
    });
  const declared = neighbours(comparedTypes.declared, 'book');
  const discovered = neighbours(comparedTypes.discovered, 'discovery');
  if (declared.length === 0 || discovered.length === 0) return [];
  return compareEdges(declared, discovered, await indirectOf(table, look.tenant, ci.ciId, edges, declared));
};

const speaks = (facets: Facets, source: string, half: Facet['half']): boolean =>
  Object.hasOwn(facets, facetKey(source, half)) && facets[facetKey(source, half)]?.half === half;

const otherEnd = ({ from, to }: Relationship, ciId: string): string => (from === ciId ? to : from);

/** The open edges of the compared types, those that just changed included; undefined when there are too many. */
const edgesOf = async (table: Table, { tenant, edgeIds }: Look, ciId: string): Promise<Relationship[] | undefined> => {
  const out = await table.query({
    pk: ofTenant(tenant, ciId),
    prefix: outwardPrefix,
    limit: mostEdges,
    consistent: true,
  });
  const into = await inward(table, tenant, ciId, comparedTypes.discovered);
  if (out.items.length >= mostEdges || into.length >= mostEdges) return undefined;
  const keys = edgeIds.map((id) => relationshipEntity.keyOf(tenant, id));
  const fresh = (await table.getMany(keys, { consistent: true })).map(
    (item) => relationshipEntity.fromItem(item).value,
  );
  const all = [...out.items.map((item) => relationshipEntity.fromItem(item).value), ...into, ...fresh];
  return [...new Map(all.map((edge) => [edge.relationshipId, edge])).values()].filter(
    ({ validTo, from, to }) => validTo === undefined && (from === ciId || to === ciId),
  );
};

const inward = async (table: Table, tenant: string, ciId: string, type: string): Promise<Relationship[]> => {
  const pk = ofTenant(tenant, ciId);
  const { items } = await table.query({ index: 'inverse', pk, prefix: `${inwardPrefix}${type}#`, limit: mostEdges });
  const whole = await table.getMany(items, { consistent: true });
  return whole.map((item) => relationshipEntity.fromItem(item).value);
};

/** The declared neighbours that another dependency of this CI depends on itself. */
const indirectOf = async (
  table: Table,
  tenant: string,
  ciId: string,
  edges: readonly Relationship[],
  declared: readonly Neighbour[],
): Promise<Set<string>> => {
  const type = comparedTypes.declared;
  const needed = edges.filter((edge) => edge.type === type && edge.from === ciId).map(({ to }) => to);
  const keys = declared.flatMap((neighbour) =>
    needed
      .filter((one) => one !== neighbour.ciId)
      .map((from) => relationshipEntity.keyOf(tenant, relationshipIdOf({ type, from, to: neighbour.ciId }, digest))),
  );
  const found = (await table.getMany(keys, { consistent: true })).map(
    (item) => relationshipEntity.fromItem(item).value,
  );
  return new Set(found.filter(({ validTo }) => validTo === undefined).map(({ to }) => to));
};

const readCis = async (
  table: Table,
  wanted: readonly { tenant: string; ciId: string }[],
  consistent = true,
): Promise<Map<string, Ci>> => {
  const keys = wanted.map(({ tenant, ciId }) => ciEntity.keyOf(tenant, ciId));
  const distinct = [...new Map(keys.map((key) => [key.pk, key])).values()];
  const items = await table.getMany(distinct, { consistent });
  return new Map(items.map((item) => [item.pk, ciEntity.fromItem(item).value]));
};
