import type { Ci } from '../../domain/ci/ci.ts';
import { showCi } from '../../domain/ci/ci-view.ts';
import type { Card } from '../../domain/graph/link.ts';
import type { AdjacencyPage } from './entity.ts';

const longestName = 100;

/**
 * What a walk shows of a CI: its name (the first 100 characters, or its id when it has none), its class, the asset that realises it now; and
 * where it leads when it was merged.
 */
export const cardOf = (ci: Ci): NonNullable<AdjacencyPage['card']> => ({
  name: showCi({ value: ci, version: 1 }).name?.slice(0, longestName) ?? ci.ciId,
  class: ci.class,
  ...(ci.binding === undefined ? {} : { assetId: ci.binding.assetId }),
  ...(ci.mergedInto === undefined ? {} : { mergedInto: ci.mergedInto }),
});

/** What an answer says of a CI by its card. */
export const shownOf = <T extends Card>({ mergedInto: _mergedInto, ...shown }: T): Omit<T, 'mergedInto'> => shown;
