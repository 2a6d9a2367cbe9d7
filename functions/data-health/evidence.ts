import type { CiClassName } from '../../domain/ci/ci-classes.ts';
import { isBuiltIn } from '../../domain/ci/class-name.ts';
import {
  assetHealthFacts,
  ciHealthFacts,
  type HealthFacts,
  type HealthSurroundings,
} from '../../domain/health/health-facts.ts';
import { comparedNames } from '../../domain/health/judge.ts';
import { classLineage, type RulesFor } from '../../domain/health/rule-book.ts';
import { classesFit } from '../../domain/identity/class-family.ts';
import { assetEntity } from '../assets/entity.ts';
import { ciEntity } from '../cis/entity.ts';
import { adjacencyEntity, ways } from '../graph/entity.ts';
import { ofTenant } from '../store/entity.ts';
import type { Item, Key, Table } from '../store/table.ts';
import { mostSharers, nameEntity, namePartition } from './entities.ts';

/** All that a record is judged by. */
export type Evidence = { facts: HealthFacts; around: HealthSurroundings; names: string[] };

const inFlight = 25;

/**
 * What the table holds now about these CIs and assets, strongly consistent; every item that is read here brings the record to be judged
 * again when it changes. An item that cannot be read is told and left out.
 */
export const readEvidence = async (
  table: Table,
  tenant: string,
  ids: readonly string[],
  rulesFor: RulesFor,
  onFault: (id: string, error: unknown) => void,
): Promise<Evidence[]> => {
  const own = (id: string): Key => ({ pk: ofTenant(tenant, id), sk: '#' });
  const pages = ids
    .filter((id) => id.startsWith('ci_'))
    .flatMap((ciId) => ways.map((way) => adjacencyEntity.keyOf(tenant, { ciId, way, page: 0 })));
  const items = await readItems(table, [...ids.map(own), ...pages]);
  const assets = ids.flatMap((id) => items.get(keyText(own(id))) ?? []).filter(({ e }) => e === assetEntity.name);
  const boundTo = (item: Item) => (item.d as { binding?: { ciId?: string } }).binding?.ciId;
  const hosts = await readItems(
    table,
    assets.flatMap((item) => boundTo(item) ?? []).map((ciId) => ciEntity.keyOf(tenant, ciId)),
  );
  const read = async (id: string): Promise<Evidence[]> => {
    const item = items.get(keyText(own(id)));
    if (item === undefined) return [];
    const host = item.e === assetEntity.name ? hosts.get(keyText(own(boundTo(item) ?? ''))) : undefined;
    const facts =
      item.e === assetEntity.name
        ? assetHealthFacts(assetEntity.fromItem(item).value)
        : ciHealthFacts(ciEntity.fromItem(item).value);
    const names = comparedNames(facts, rulesFor);
    return [
      {
        facts,
        names,
        around: {
          isRelated: facts.kind === 'ci' && (await hasEdges(table, tenant, id, items)),
          sharers: await readSharers(table, tenant, facts, names),
          ...(host === undefined ? {} : { ciStatus: ciEntity.fromItem(host).value.status }),
        },
      },
    ];
  };
  const found: Evidence[] = [];
  for (let n = 0; n < ids.length; n += inFlight) {
    const group = ids.slice(n, n + inFlight).map((id) =>
      read(id).catch((error: unknown) => {
        if (!isCorrupt(error)) throw error;
        onFault(id, error);
        return [];
      }),
    );
    found.push(...(await Promise.all(group)).flat());
  }
  return found;
};

/** Is failure known to travel to or from the CI? Its first pages tell, and of a CI with many edges the others. */
const hasEdges = async (table: Table, tenant: string, ciId: string, items: ReadonlyMap<string, Item>) => {
  const first = ways.flatMap((way) => items.get(keyText(adjacencyEntity.keyOf(tenant, { ciId, way, page: 0 }))) ?? []);
  const heads = first.map((item) => adjacencyEntity.fromItem(item).value);
  if (heads.some(({ links }) => links.length > 0)) return true;
  const further = heads.flatMap(({ way, pages }) =>
    Array.from({ length: pages - 1 }, (_, n) => adjacencyEntity.keyOf(tenant, { ciId, way, page: n + 1 })),
  );
  const others = await readItems(table, further);
  return [...others.values()].some((item) => adjacencyEntity.fromItem(item).value.links.length > 0);
};

/** Which records of the same family of classes share a name, among the first 25 that have it. */
const readSharers = (table: Table, tenant: string, { kind, id, class: own }: HealthFacts, names: readonly string[]) =>
  Promise.all(
    names.map(async (name) => {
      const pk = ofTenant(tenant, namePartition(kind, name));
      const { items } = await table.query({ pk, limit: mostSharers, consistent: true });
      const others = items
        .map((item) => nameEntity.fromItem(item).value)
        .filter((one) => one.id !== id && (kind === 'asset' || classesFit(builtInAt(own), builtInAt(one.class), [])))
        .map((one) => one.id);
      return { name, others };
    }),
  );

/** The nearest built-in class on a path. */
const builtInAt = (path: string): CiClassName | undefined => classLineage(path).find(isBuiltIn);

const readItems = async (table: Table, keys: readonly Key[]) =>
  new Map((await table.getMany(keys, { consistent: true })).map((item) => [keyText(item), item]));

const isCorrupt = (error: unknown): boolean => error instanceof Error && error.message.startsWith('corrupt ');

const keyText = ({ pk, sk }: Key): string => `${pk}\n${sk}`;
