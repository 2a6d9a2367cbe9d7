import type { Asset } from '../asset/asset.ts';
import { AssetFacts, assetCandidates } from '../asset/asset-view.ts';
import type { Ci } from '../ci/ci.ts';
import { CiFacts, ciCandidates } from '../ci/ci-view.ts';
import { candidatesIn } from '../reconcile/candidates.ts';
import { decideAll, type Viewing } from '../reconcile/decide-value.ts';
import { facetKey, sourceOfFacet } from '../reconcile/facet.ts';
import { manualSource } from '../reconcile/manual.ts';
import { type IncomingFacet, mergeFacet } from '../reconcile/merge.ts';
import { sameContent } from '../shared/canonical.ts';
import type { RecordDecision } from './decide-record.ts';
import type { KnownPair } from './record-input.ts';
import type { RecordOutcome } from './run.ts';

type Changes = NonNullable<RecordOutcome['changes']>;

/** One field: its value, and whose word that is. */
type Field = { value: unknown; source: string | undefined };
type Fields = Map<string, Field>;

/**
 * Field by field, what a record changes in what is shown, and what it says in vain: `incoming` is the record's own value, `after` the
 * one that is shown, `winningSource` whose that is. A value set by hand wins as `manual`: the record's is kept, and not shown.
 */
export const changesOf = (known: KnownPair, decided: RecordDecision, source: string, viewing: Viewing): Changes => [
  ...differences(
    'asset',
    assetFields(known.asset, source, viewing),
    saidFields(decided.said.asset, source, AssetFacts.shape, false),
    assetFields(decided.asset, source, viewing),
  ),
  ...differences(
    'ci',
    ciFields(known.ci, source, viewing),
    saidFields(decided.said.ci, source, CiFacts.shape, true),
    ciFields(decided.ci, source, viewing),
  ),
  ...listChanges(known.ci, decided.ci, source),
  ...(decided.binding === undefined
    ? []
    : [
        {
          entity: 'binding' as const,
          field: 'assetId',
          after: decided.binding.assetId,
          winningSource: source,
        },
      ]),
];

/** Bulky lists lie in S3 under their hash; that one changed is told by its name and the number of its entries. */
const listChanges = (known: Ci | undefined, decided: Ci | undefined, source: string): Changes => {
  const lists = (ci: Ci | undefined) =>
    new Map(
      Object.entries(ci?.facets ?? {}).flatMap(([key, { sections }]) =>
        sourceOfFacet(key) !== source
          ? []
          : Object.entries(sections).flatMap(([name, { hash, count }]) =>
              count === undefined ? [] : [[name, { hash, count }] as const],
            ),
      ),
    );
  const [before, after] = [lists(known), lists(decided)];
  return [...after].sort().flatMap(([field, now]) => {
    const was = before.get(field);
    if (was?.hash === now.hash) return [];
    return [
      {
        entity: 'ci' as const,
        field,
        ...(was === undefined ? {} : { before: was }),
        after: now,
        winningSource: source,
      },
    ];
  });
};

const assetFields = (asset: Asset | undefined, source: string, { rules, now }: Viewing): Fields => {
  if (asset === undefined) return new Map();
  const status: Field = { value: asset.status, source: statusSource(asset) ?? source };
  return new Map<string, Field>([
    ['status', status],
    ...decideAll(assetCandidates(asset), rules.rulesFor('asset'), now),
  ]);
};

const ciFields = (ci: Ci | undefined, source: string, { rules, now }: Viewing): Fields =>
  ci === undefined
    ? new Map()
    : new Map<string, Field>([
        ['class', { value: ci.class, source }],
        ...decideAll(ciCandidates(ci), rules.rulesFor(ci.class), now),
      ]);

/** A person's step locks the status; else it is the latest word of the books that say so. */
const statusSource = ({ status, statusSetBy, facets }: Asset): string | undefined => {
  if (statusSetBy === 'person') return manualSource;
  const books = Object.entries(facets).filter(([, { sections }]) => sections.itam?.values?.status === status);
  const at = ([, { sections }]: (typeof books)[number]) => sections.itam?.at ?? '';
  const latest = books.sort((a, b) => (at(a) === at(b) ? (a[0] < b[0] ? -1 : 1) : at(a) > at(b) ? -1 : 1))[0];
  return latest === undefined ? undefined : sourceOfFacet(latest[0]);
};

const saidFields = (
  facet: IncomingFacet | undefined,
  source: string,
  shape: Parameters<typeof candidatesIn>[1],
  attributes: boolean,
): ReadonlyMap<string, unknown> => {
  if (facet === undefined) return new Map();
  const alone = { [facetKey(source, facet.half)]: mergeFacet(undefined, facet) };
  const status = facet.sections.itam?.values?.status;
  return new Map<string, unknown>([
    ...(status === undefined ? [] : [['status', status] as const]),
    ...[...candidatesIn(alone, shape, attributes)].map(([name, [first]]) => [name, first?.value] as const),
  ]);
};

const differences = (
  entity: 'asset' | 'ci',
  before: Fields,
  incoming: ReadonlyMap<string, unknown>,
  after: Fields,
): Changes =>
  [...new Set([...before.keys(), ...incoming.keys(), ...after.keys()])].sort().flatMap((field) => {
    const [was, is, came] = [before.get(field), after.get(field), incoming.get(field)];
    const inVain = came !== undefined && !sameContent(came, is?.value);
    if (sameContent(was?.value, is?.value) && !inVain) return [];
    return [
      {
        entity,
        field,
        ...(was === undefined ? {} : { before: was.value }),
        ...(came === undefined ? {} : { incoming: came }),
        ...(is === undefined ? {} : { after: is.value }),
        ...(is?.source === undefined ? {} : { winningSource: is.source }),
      },
    ];
  });
