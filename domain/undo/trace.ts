import { sameContent } from '../shared/canonical.ts';
import type { Change } from '../shared/change.ts';

/** One version of something, and what made it. */
export type Version<T> = { value: T; version: number; change: Change };

/** Which run is undone: what it wrote carries its id and its source; what its undoing wrote carries the same id and a person. */
export type UndoneRun = { runId: string; source: string };

export const isByRun = ({ correlationId, by }: Change, run: UndoneRun): boolean =>
  correlationId === run.runId && by === `source:${run.source}`;

export const isByUndo = ({ correlationId, by }: Change, run: UndoneRun): boolean =>
  correlationId === run.runId && by !== `source:${run.source}`;

/**
 * What a run did to one part of a thing: `was` before its first step (since another's), `made` after its last; `at` is the place of that
 * step among the versions. `later`: the first change of the part by somebody else since.
 */
export type Trace<V> = { was: V; made: V; at: number; later?: Change };

/**
 * Follows one part through the versions, oldest first; the oldest is the one before the run, if there was one. Undefined: the run did
 * not change it. What undoing wrote is passed over, so that undoing again comes to the same result.
 */
export const tracePart = <T, V>(
  versions: readonly Version<T>[],
  run: UndoneRun,
  read: (value: T | undefined) => V,
): Trace<V> | undefined => {
  let found: Trace<V> | undefined;
  let before = read(undefined);
  for (const [at, { value, change }] of versions.entries()) {
    const after = read(value);
    if (!sameContent(before, after) && !isByUndo(change, run)) {
      if (isByRun(change, run)) {
        const isFirst = found === undefined || found.later !== undefined;
        found = { was: isFirst ? before : (found as Trace<V>).was, made: after, at };
      } else if (found !== undefined && found.later === undefined) found = { ...found, later: change };
    }
    before = after;
  }
  return found;
};

/** Everything about the versions that speaks against taking back what the run created: somebody else's change of it. */
export const laterChange = <T>(versions: readonly Version<T>[], run: UndoneRun): Change | undefined => {
  const first = versions.findIndex(({ change }) => isByRun(change, run));
  return versions.slice(first).find(({ change }) => change.correlationId !== run.runId)?.change;
};

/** Did the run create it? Then nothing comes before its first version. */
export const isCreatedBy = <T>(versions: readonly Version<T>[], run: UndoneRun): boolean => {
  const [first] = versions;
  return first !== undefined && first.version === 1 && isByRun(first.change, run);
};
