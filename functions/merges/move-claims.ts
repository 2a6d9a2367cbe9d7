import { claimKeyOf, type IdentifierType, parseCompact } from '../../domain/identity/identifier.ts';
import { sourceOfFacet } from '../../domain/reconcile/facet.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { type ClaimHolder, claimEntity } from '../lookup/entity.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

/** One thing and the identifiers that it has from now on; `sources` that speak of it, within which names and private addresses are unique. */
export type Holding = {
  holder: { assetId: string } | { ciId: string };
  identifiers: readonly string[];
  sources: readonly string[];
};

const scoped: ReadonlySet<IdentifierType> = new Set(['hostname', 'mac', 'fqdn']);

const keysOf = (compact: string, sources: readonly string[]): string[] => {
  const one = parseCompact(compact);
  return [claimKeyOf(one), ...(scoped.has(one.type) ? sources.map((scope) => claimKeyOf({ ...one, scope })) : [])];
};

export const sourcesOf = (...things: ({ facets: object } | undefined)[]): string[] => [
  ...new Set(things.flatMap((one) => Object.keys(one?.facets ?? {}).map(sourceOfFacet))),
];

/**
 * Stages that each claim which any of `involved` holds is held by those of them that have its identifier from now on; the holders that do
 * not take part stay. Gives the number of claims that change. More than `most` are left to the first that meets them: until then they
 * lead to what their holder was merged into.
 */
export const reassignClaims = async (
  work: UnitOfWork,
  involved: readonly string[],
  holdings: readonly Holding[],
  before: readonly Holding[],
  most: number,
): Promise<number> => {
  const wanted = new Map<string, ClaimHolder[]>();
  for (const { holder, identifiers, sources } of holdings) {
    for (const compact of identifiers) {
      const { qualifier } = parseCompact(compact);
      const next: ClaimHolder = { ...holder, ...(qualifier === '' ? {} : { qualifier }) };
      for (const key of keysOf(compact, sources)) wanted.set(key, [...(wanted.get(key) ?? []), next]);
    }
  }
  const old = before.flatMap(({ identifiers, sources }) => identifiers.flatMap((one) => keysOf(one, sources)));
  const keys = [...new Set([...wanted.keys(), ...old])].sort();
  const { table, author } = work;
  const items = await table.getMany(
    keys.map((key) => claimEntity.keyOf(author.tenant, key)),
    { consistent: true },
  );
  const takesPart = ({ assetId, ciId }: ClaimHolder) => involved.includes(assetId ?? ciId ?? '');
  const changes = items.map(claimEntity.fromItem).flatMap(({ value, version }) => {
    const held = value.holders.filter(takesPart);
    if (held.length === 0) return [];
    const at = value.holders.findIndex(takesPart);
    const others = value.holders.filter((one) => !takesPart(one));
    const now = (wanted.get(value.claimKey) ?? []).map((one) => ({ ...qualifierOf(held), ...one }));
    const holders = others.toSpliced(at, 0, ...now);
    return sameContent(holders, value.holders) ? [] : [{ claim: { ...value, holders }, version }];
  });
  for (const { claim, version } of changes.slice(0, most)) {
    work.stage({ put: claimEntity.toItem(author.tenant, claim, version + 1), expect: version });
  }
  return changes.length;
};

/** A vendor or company that any of them knew of the value is known of it. */
const qualifierOf = (held: readonly ClaimHolder[]): Pick<ClaimHolder, 'qualifier'> => {
  const known = held.find(({ qualifier }) => qualifier !== undefined)?.qualifier;
  return known === undefined ? {} : { qualifier: known };
};
