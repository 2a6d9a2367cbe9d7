import type { Ci } from '../../domain/ci/ci.ts';
import { className } from '../../domain/ci/class-name.ts';
import { compareAttributes } from '../../domain/drift/compare-attributes.ts';
import { type DriftFinding, findingIdOf, nextFinding, type Step } from '../../domain/drift/finding.ts';
import { isShared, presenceOf, scopeOf } from '../../domain/drift/presence.ts';
import { type Disagreement, declares, isDiscovered } from '../../domain/drift/said.ts';
import { laterOf } from '../../domain/shared/time.ts';
import { ciEntity } from '../cis/entity.ts';
import { findingEntity, findingPrefix } from '../drift/entity.ts';
import { scopeEntity } from '../drift/scope-entity.ts';
import { digest } from '../shared/digest.ts';
import type { Stored } from '../store/entity.ts';
import type { Table, Write } from '../store/table.ts';
import { changeOf } from '../store/unit-of-work.ts';
import { edgeDisagreements } from './drift-edges.ts';
import type { Look } from './drift-look.ts';

const mostRounds = 6;
const mostFindings = 1000;

/**
 * Brings the findings of a CI to what its facets and edges say now. Looks again after each round that wrote something, or lost a race,
 * until there is nothing to write: so whoever looks last has seen what stands there, whatever others did meanwhile. Throws when that
 * does not come about; the relay then comes again.
 */
export const settleDrift = async (table: Table, look: Look): Promise<void> => {
  for (let round = 0; round < mostRounds; round += 1) {
    const writes = await writesFor(table, look);
    if (writes.length === 0) return;
    await table.writeEach(writes);
  }
  throw new Error(`the drift of ${look.ciId} does not settle`);
};

const writesFor = async (table: Table, look: Look): Promise<Write[]> => {
  const key = ciEntity.keyOf(look.tenant, look.ciId);
  const item = await table.get(key, { consistent: true });
  if (item === undefined) return [];
  const { value: ci, change } = ciEntity.fromItem(item);
  const known = await knownFindings(table, key.pk);
  const seen = new Map(
    (await disagreementsOf(table, look, ci)).map((one) => [findingIdOf(ci.ciId, one, digest), one] as const),
  );
  const at = laterOf(look.at, change?.at ?? look.at);
  return [...new Set([...known.keys(), ...seen.keys()])].flatMap((findingId) => {
    const stored = known.get(findingId);
    const step = nextFinding(stored?.value, seen.get(findingId), {
      findingId,
      ciId: ci.ciId,
      class: className(ci),
      at,
    });
    return step === undefined ? [] : [writeOf(look, stored, step, at)];
  });
};

/** What is retired, or merged into another, drifts no more. */
const disagreementsOf = async (table: Table, look: Look, ci: Ci): Promise<Disagreement[]> => {
  if (ci.status === 'retired' || ci.mergedInto !== undefined) return [];
  if (!declares(ci.facets) || !isDiscovered(ci.facets)) return aloneIn(table, look.tenant, ci);
  return [...compareAttributes(ci.facets), ...(await edgeDisagreements(table, look, ci))];
};

/** A thing that one side alone names is a finding where both name such things. */
const aloneIn = async (table: Table, tenant: string, { facets }: Ci): Promise<Disagreement[]> => {
  const found = presenceOf(facets);
  const place = scopeOf(facets);
  if (found === undefined || place === undefined) return [];
  const item = await table.get(scopeEntity.keyOf(tenant, place.scope), { consistent: true });
  return item !== undefined && isShared(scopeEntity.fromItem(item).value) ? [found] : [];
};

const knownFindings = async (table: Table, pk: string): Promise<Map<string, Stored<DriftFinding>>> => {
  const { items } = await table.query({ pk, prefix: findingPrefix, limit: mostFindings, consistent: true });
  return new Map(items.map((one) => [findingEntity.fromItem(one).value.findingId, findingEntity.fromItem(one)]));
};

/** That it was seen again keeps the version: no history and no event is made of it. */
const writeOf = (look: Look, stored: Stored<DriftFinding> | undefined, { next, type }: Step, at: string): Write => {
  const { tenant, correlationId } = look;
  if (type === 'renewed' && stored !== undefined) {
    return { put: findingEntity.toItem(tenant, next, stored.version, stored.change), expect: stored.version };
  }
  const change = changeOf({ tenant, by: 'drift', now: at, correlationId }, { type }, stored?.change);
  const version = (stored?.version ?? 0) + 1;
  return { put: findingEntity.toItem(tenant, next, version, change), expect: stored?.version ?? 'absent' };
};
