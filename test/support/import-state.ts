import { canonical } from '../../domain/shared/canonical.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { bindingEntity } from '../../functions/bindings/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { claimEntity } from '../../functions/lookup/entity.ts';
import { sourceEntryEntity } from '../../functions/plan-import/source-entry.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import type { Entity, Stored } from '../../functions/store/entity.ts';
import type { Item } from '../../functions/store/table.ts';

const read = <T, Id>(items: readonly Item[], entity: Entity<T, Id>): Stored<T>[] =>
  items.filter(({ e }) => e === entity.name).map(entity.fromItem);

/** Everything the imports left behind, by kind. */
export const estateOf = (items: readonly Item[]) => ({
  assets: read(items, assetEntity),
  cis: read(items, ciEntity),
  bindings: read(items, bindingEntity),
  relationships: read(items, relationshipEntity),
  claims: read(items, claimEntity),
  entries: read(items, sourceEntryEntity),
});
export type Estate = ReturnType<typeof estateOf>;

/** When something was written and by which run, not what it says: differs between two ways to the same state. */
const ofTheWay = [
  'createdAt',
  'origin',
  'validFrom',
  'validTo',
  'run',
  'record',
  'outcome',
  'rule',
  'relatedAt',
  'piece',
];

type Fields = Record<string, unknown>;
const without = (value: object, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** A section that is confirmed keeps its time or not, depending on what else came with it. */
const untimed = (facets: object): Fields =>
  Object.fromEntries(
    Object.entries(facets).map(([key, facet]: [string, { sections: object }]) => [
      key,
      {
        ...facet,
        sections: Object.fromEntries(
          Object.entries(facet.sections).map(([name, section]) => [name, without(section, ['at'])]),
        ),
      },
    ]),
  );

type Options = {
  /** With how many steps it took. */
  versions?: boolean;
  /** When each section was observed. */
  times?: boolean;
};

/** The state as text, one line each and in order, for comparing two ways to it. */
export const digestOf = (items: readonly Item[], { versions = false, times = false }: Options = {}): string[] => {
  const { assets, cis, bindings, relationships, claims, entries } = estateOf(items);
  const assetOf = new Map(
    cis.flatMap(({ value: { ciId, binding } }) => (binding === undefined ? [] : [[ciId, binding.assetId]])),
  );
  const deviceOf = ({ assetId, ciId }: { assetId?: string | undefined; ciId?: string | undefined }) =>
    assetId ?? assetOf.get(ciId ?? '') ?? ciId;
  const line = (kind: string, version: number, value: unknown) =>
    `${kind} ${versions ? `v${version} ` : ''}${canonical(value)}`;
  const entity = ({ facets, binding, ...rest }: { facets: object; binding?: { bindingId: string } | undefined }) => ({
    ...without(rest, ofTheWay),
    facets: times ? facets : untimed(facets),
    binding: binding?.bindingId,
  });
  const dated = (value: { validTo?: string | undefined }) => ({
    ...without(value, ofTheWay),
    isOpen: value.validTo === undefined,
  });
  return [
    ...assets.map(({ value, version }) => line('asset', version, entity(value))),
    ...cis.map(({ value, version }) => line('ci', version, entity(value))),
    ...bindings.map(({ value, version }) => line('binding', version, dated(value))),
    ...relationships.map(({ value, version }) => line('edge', version, dated(value))),
    ...claims.map(({ value: { claimKey, holders } }) => line('claim', 0, [claimKey, holders.map(deviceOf).sort()])),
    ...entries.map(({ value }) =>
      line('entry', 0, { ...without(value, [...ofTheWay, 'assetId', 'ciId']), device: deviceOf(value) }),
    ),
  ].sort();
};

/** Only which things there are, and how they hang together. */
export const shapeOf = (items: readonly Item[]): string[] => {
  const { assets, cis, bindings, relationships } = estateOf(items);
  const open = ({ validTo }: { validTo?: string | undefined }) => (validTo === undefined ? 'open' : 'closed');
  return [
    ...assets.map(({ value }) => `asset ${value.assetId} ${value.kind} ${value.status}`),
    ...cis.map(({ value }) => `ci ${value.ciId} ${value.class}`),
    ...bindings.map(({ value }) => `binding ${value.bindingId} ${value.assetId} ${value.ciId} ${open(value)}`),
    ...relationships.map(({ value }) => `${value.from} ${value.type} ${value.to} ${value.sources} ${open(value)}`),
  ].sort();
};
