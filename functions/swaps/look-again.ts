import { sourceOfFacet } from '../../domain/reconcile/facet.ts';
import { sourceEntryEntity } from '../plan-import/source-entry.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';
import type { LoadedSwap } from './load-swap.ts';

const mostEntries = 10;

/**
 * Makes discovery look again at both assets and the CI: what a source said last of them is forgotten, so that its next file is applied
 * to what they are now, even if it says the same. Touching the entries also makes an import that is at work on them decide again.
 */
export const lookAgain = async (work: UnitOfWork, { ci, outgoing, incoming }: LoadedSwap): Promise<void> => {
  const { table, author } = work;
  const keys = [ci, outgoing, incoming].flatMap(({ value }) =>
    Object.entries(value.facets).flatMap(([key, { half, nativeKey }]) =>
      half !== 'discovery' || nativeKey === undefined
        ? []
        : [sourceEntryEntity.keyOf(author.tenant, { source: sourceOfFacet(key), nativeKey })],
    ),
  );
  for (const item of (await table.getMany(keys, { consistent: true })).slice(0, mostEntries)) {
    const { value, version } = sourceEntryEntity.fromItem(item);
    const next = { ...value, fingerprint: {} };
    work.stage({ put: sourceEntryEntity.toItem(author.tenant, next, version + 1), expect: version });
  }
};
