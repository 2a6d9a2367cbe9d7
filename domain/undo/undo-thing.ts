import type { Asset } from '../asset/asset.ts';
import type { Ci } from '../ci/ci.ts';
import { sameContent } from '../shared/canonical.ts';
import type { Change } from '../shared/change.ts';
import type { Digest } from '../shared/id.ts';
import type { Told } from './told.ts';
import { isByRun, isCreatedBy, laterChange, tracePart, type UndoneRun, type Version } from './trace.ts';
import { undoFacets } from './undo-facets.ts';

/** `unbind`: the binding that the run made is closed beside this. `needed`: something that the run did not make hangs on the thing. */
export type UndoOptions = { unbind: boolean; needed?: Pick<Change, 'by' | 'at'> | undefined; digest: Digest };

/** `retired`: the run had created it, and nothing but the run speaks of it. */
export type UndoneThing<T> = { next: T; told: Told[]; retired: boolean };

/**
 * An asset or a CI as it was before the run, field by field. A field that somebody else has changed since stays and is told. What the run
 * created and nobody else has touched or needs becomes an empty retired thing; otherwise it stays, without what the run said of it.
 */
export const undoThing = <T extends Asset | Ci>(
  versions: readonly Version<T>[],
  run: UndoneRun,
  { unbind, needed, digest }: UndoOptions,
): UndoneThing<T> => {
  const latest = versions.at(-1)?.value as T;
  const [entity, id] = 'assetId' in latest ? (['asset', latest.assetId] as const) : (['ci', latest.ciId] as const);
  const say = (field: string, made: unknown, was: unknown, refused?: Pick<Change, 'by' | 'at'>): Told => ({
    ...{ entity, id, field, made, was },
    ...(refused === undefined ? {} : { refused }),
  });
  const isCreated = isCreatedBy(versions, run);
  const keeper = isCreated ? (laterChange(versions, run) ?? needed) : undefined;
  const { binding: _binding, ...unbound } = latest;
  const base = (unbind ? unbound : latest) as T;
  if (isCreated && keeper === undefined) {
    const { retiredAt: _retiredAt, ...bare } = { retiredAt: undefined, ...base };
    const next = { ...bare, status: 'retired', statusSetBy: 'import', identifiers: [], facets: {} } as unknown as T;
    return { next, told: [say('existence', 'created', 'absent')], retired: true };
  }
  const { facets, fields } = undoFacets(versions, run, digest);
  const identity = undoIdentifiers(versions, run, isCreated);
  const state = isCreated ? undefined : undoState(versions, run);
  const told = [
    ...(keeper === undefined ? [] : [say('existence', 'created', 'absent', keeper)]),
    ...(state?.told ?? []).map(({ field, made, was, refused }) => say(field, made, was, refused)),
    ...fields.map(({ field, made, was, refused }) => say(field, made, was, refused)),
    ...(identity.told === undefined
      ? []
      : [say('identifiers', identity.told.made, identity.told.was, identity.told.refused)]),
  ];
  const next = { ...base, ...state?.set, facets, identifiers: identity.identifiers };
  const present = Object.entries(next).filter(([, value]) => value !== undefined);
  return { next: Object.fromEntries(present) as unknown as T, told, retired: false };
};

type StateField = { field: string; made: unknown; was: unknown; refused?: Change };

/** Status (with who set it) and class. */
const undoState = <T extends Asset | Ci>(versions: readonly Version<T>[], run: UndoneRun) => {
  const latest = versions.at(-1)?.value;
  const told: StateField[] = [];
  let set: Record<string, unknown> = {};
  const parts: [string, readonly string[]][] = [
    ['status', ['status', 'statusSetBy', 'retiredAt']],
    ['class', ['class', 'ownClasses']],
  ];
  for (const [field, names] of parts) {
    const read = (value: T | undefined) => Object.fromEntries(names.map((name) => [name, value?.[name as keyof T]]));
    const traced = tracePart(versions, run, read);
    if (traced === undefined) continue;
    const { made, was, later } = traced;
    const isBack = sameContent(read(latest), was);
    const stays = later !== undefined && !isBack;
    told.push({ field, made: made[field], was: was[field], ...(stays ? { refused: later } : {}) });
    if (!stays) set = { ...set, ...was };
  }
  return { told, set };
};

/** What the run added goes, what it took comes back; where another import has spoken of the thing since, what names it stays. */
const undoIdentifiers = <T extends Asset | Ci>(versions: readonly Version<T>[], run: UndoneRun, isCreated: boolean) => {
  const now = versions.at(-1)?.value.identifiers ?? [];
  const steps = versions.flatMap(({ value, change }, n) =>
    isByRun(change, run) ? [{ before: versions[n - 1]?.value.identifiers ?? [], after: value.identifiers }] : [],
  );
  const added = steps.flatMap(({ before, after }) => after.filter((one) => !before.includes(one)));
  const taken = steps.flatMap(({ before, after }) => before.filter((one) => !after.includes(one)));
  const changed = added.length > 0 || taken.length > 0;
  if (!changed || isCreated) return { identifiers: now, told: undefined };
  const last = versions.findLastIndex(({ change }) => isByRun(change, run));
  const other = versions
    .slice(last + 1)
    .find(({ change }) => change.correlationId !== run.runId && change.by.startsWith('source:'));
  if (other !== undefined) return { identifiers: now, told: { made: added, was: taken, refused: other.change } };
  const identifiers = [...new Set([...now.filter((one) => !added.includes(one)), ...taken])].sort();
  return { identifiers, told: { made: added, was: taken, refused: undefined } };
};
