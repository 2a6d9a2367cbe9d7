import * as z from 'zod';
import type { Ci } from '../../domain/ci/ci.ts';
import { isLive } from '../../domain/import/absence.ts';
import { sourceOfFacet } from '../../domain/reconcile/facet.ts';
import { CiId } from '../../domain/shared/id.ts';
import { ciEntity } from '../cis/entity.ts';
import { sourceEntryEntity } from '../plan-import/source-entry.ts';
import { ofTenant } from '../store/entity.ts';
import type { Table } from '../store/table.ts';
import type { State } from './state.ts';

/** Of a stored merge only what is asked here: reading it whole would bring the whole of the API's views along. */
const NamesOfMerge = z.object({
  absorbed: z.object({ ciId: CiId.optional() }),
  entries: z.array(z.object({ source: z.string(), nativeKey: z.string() })),
});

type Name = { source: string; nativeKey: string };
const mostRounds = 20;

/**
 * How sources name a CI. A facet remembers one name of its source; a CI that another one was merged into may have several, which its merges
 * know, and those of what was absorbed. Nothing more is read where nothing was merged.
 */
export const namesOf = async (table: Table, tenant: string, ci: Pick<Ci, 'facets' | 'merges'>): Promise<Name[]> => {
  const names: Name[] = Object.entries(ci.facets).flatMap(([key, { nativeKey }]) =>
    nativeKey === undefined ? [] : [{ source: sourceOfFacet(key), nativeKey }],
  );
  let merges = ci.merges ?? [];
  for (let round = 0; round < mostRounds && merges.length > 0; round += 1) {
    const items = await table.getMany(merges.map((mergeId) => ({ pk: ofTenant(tenant, mergeId), sk: '#' })));
    const found = items.map(({ d }) => NamesOfMerge.parse(d));
    names.push(...found.flatMap(({ entries }) => entries.map(({ source, nativeKey }) => ({ source, nativeKey }))));
    const absorbed = found.flatMap(({ absorbed: { ciId } }) => ciId ?? []);
    const gone = await table.getMany(absorbed.map((ciId) => ciEntity.keyOf(tenant, ciId)));
    merges = gone.flatMap((item) => ciEntity.fromItem(item).value.merges ?? []);
  }
  return [...new Map(names.map((name) => [`${name.source} ${name.nativeKey}`, name])).values()];
};

/** Makes the state know the other names that a source has for merged CIs, with what it said last under them. */
export const loadOtherNames = async (table: Table, tenant: string, source: string, state: State): Promise<void> => {
  for (const { value } of state.cis.values()) {
    if (value.merges === undefined || value.mergedInto !== undefined) continue;
    const names = (await namesOf(table, tenant, value)).filter((name) => name.source === source);
    state.otherNames.set(
      value.ciId,
      names.map(({ nativeKey }) => nativeKey),
    );
    const keys = names
      .filter(({ nativeKey }) => !state.entries.has(nativeKey))
      .map((name) => sourceEntryEntity.keyOf(tenant, name));
    for (const item of await table.getMany(keys, { consistent: true })) {
      const entry = sourceEntryEntity.fromItem(item);
      state.entries.set(entry.value.nativeKey, entry);
    }
  }
};

/** Does the source still list the CI under another name? Then one of two records of one thing was deleted, not the thing. */
export const isListedOtherwise = (state: State, ciId: string, nativeKey: string): boolean =>
  (state.otherNames.get(ciId) ?? []).some((name) => {
    const entry = name === nativeKey ? undefined : state.entries.get(name)?.value;
    return entry !== undefined && isLive(entry);
  });
