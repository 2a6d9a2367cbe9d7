import type { Ci } from '../ci/ci.ts';
import { facetOf } from '../reconcile/merge.ts';
import { laterOf, type Timestamp } from '../shared/time.ts';
import type { RecordDecision } from './decide-record.ts';
import type { KnownPair } from './record-input.ts';

/** An event this close behind a deletion may be a late or wrongly ordered one: a person decides. */
const contestedMs = 60_000;

/**
 * How an observation stands to its source's word that the thing is gone: `alive` (there is no such word), `gone` (observed before it was
 * deleted), `contested` (within a minute after it), `back` (it exists again).
 */
export type Standing = 'alive' | 'gone' | 'contested' | 'back';

export const standingOf = (deletedAt: Timestamp | undefined, at: Timestamp): Standing => {
  if (deletedAt === undefined) return 'alive';
  if (at <= deletedAt) return 'gone';
  return isClose(deletedAt, at) ? 'contested' : 'back';
};

/** Was the one observed within a minute after the other? */
export const isClose = (before: Timestamp, after: Timestamp): boolean =>
  Date.parse(after) - Date.parse(before) <= contestedMs;

/** The CI of a thing that its source says was deleted. It is kept with all that is known of it; a status set by hand stays. */
export const retireCi = (ci: Ci, deletedAt: Timestamp): Ci =>
  ci.statusSetBy === 'import'
    ? { ...ci, status: 'retired', retiredAt: laterOf(deletedAt, ci.retiredAt ?? deletedAt) }
    : ci;

const reviveCi = ({ retiredAt, ...ci }: Ci): Ci => (retiredAt === undefined ? ci : { ...ci, status: 'operational' });

/** What a record decides, in the light of a deletion: old news of what is gone does not bring it back, later news does. */
export const inLightOf = (
  decided: RecordDecision,
  standing: Standing,
  deletedAt: Timestamp | undefined,
): RecordDecision => {
  const { ci } = decided;
  if (ci === undefined || deletedAt === undefined) return decided;
  if (standing === 'back') return { ...decided, ci: reviveCi(ci) };
  const detail = `Observed before it was deleted at ${deletedAt}: kept as what was known of it then.`;
  return {
    ...decided,
    ci: retireCi(ci, deletedAt),
    warnings: [...decided.warnings, { code: 'deleted-since', detail }],
  };
};

/** When the source last said something new of the thing, as far as it is stored. */
export const lastSaid = ({ asset, ci }: KnownPair, facet: string): Timestamp | undefined =>
  [asset, ci]
    .flatMap((one) => Object.values((one === undefined ? undefined : facetOf(one.facets, facet))?.sections ?? {}))
    .map(({ at }) => at)
    .sort()
    .at(-1);

/** Has a later full record of the source said who the thing is? A partial one names it, but does not say it as a fact of its own. */
export const isNamedLater = ({ ci }: KnownPair, facet: string, at: Timestamp): boolean =>
  ((ci === undefined ? undefined : facetOf(ci.facets, facet)?.sections.device?.at) ?? '') > at;
