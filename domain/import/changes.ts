import { assetValues } from '../asset/asset-view.ts';
import { CiFacts } from '../ci/ci-view.ts';
import { ciAuthority } from '../reconcile/authority.ts';
import type { FacetValue } from '../reconcile/facet.ts';
import { showAttributes, showFacts } from '../reconcile/view.ts';
import { sameContent } from '../shared/canonical.ts';
import type { RecordDecision } from './decide-record.ts';
import type { KnownPair } from './record-input.ts';
import type { RecordOutcome } from './run.ts';

type Changes = NonNullable<RecordOutcome['changes']>;

/** Field by field, what a record changes in what is shown. `winningSource` is named where the incoming value is the one shown. */
export const changesOf = (known: KnownPair, decided: RecordDecision, source: string): Changes => [
  ...differences('asset', shownAsset(known), shownAsset(decided), source),
  ...differences('ci', shownCi(known), shownCi(decided), source),
  ...(decided.binding === undefined
    ? []
    : [{ entity: 'binding' as const, field: 'assetId', after: decided.binding.assetId, winningSource: source }]),
];

const shownAsset = ({ asset }: KnownPair): Record<string, unknown> =>
  asset === undefined ? {} : { status: asset.status, ...assetValues(asset) };

const shownCi = ({ ci }: KnownPair): Record<string, FacetValue | undefined> =>
  ci === undefined
    ? {}
    : {
        class: ci.class,
        ...showFacts(ci.facets, CiFacts, ciAuthority),
        ...showAttributes(ci.facets, Object.keys(CiFacts.shape)),
      };

const differences = (
  entity: 'asset' | 'ci',
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  source: string,
): Changes =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((field) =>
    sameContent(before[field], after[field])
      ? []
      : [
          {
            entity,
            field,
            ...(before[field] === undefined ? {} : { before: before[field] }),
            ...(after[field] === undefined ? {} : { after: after[field], winningSource: source }),
          },
        ],
  );
