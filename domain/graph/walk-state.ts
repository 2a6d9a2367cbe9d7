import * as z from 'zod';

/**
 * A walk that stopped, so that it can go on: the own parts of all ids in the order they were found, how many there are on each level, how
 * far down it was to go, the indexes of those that fail, and those that are not done: `[known when last told, indexes]`.
 */
export const WalkState = z.strictObject({
  ids: z.string().regex(/^(?:[a-z2-7]{26})*$/),
  levels: z.array(z.int().nonnegative()),
  until: z.int().positive(),
  failed: z.array(z.int().nonnegative()),
  open: z.array(z.tuple([z.int().nonnegative(), z.array(z.int().nonnegative())])),
});
export type WalkState = z.infer<typeof WalkState>;

type Known = { ids: string[]; depths: number[]; open: Map<number, number>; until: number };

const [prefix, ownLength] = ['ci_', 26];

export const saveWalk = ({
  ids,
  depths,
  open,
  until,
  failed,
  index,
}: Known & { failed: ReadonlySet<string>; index: ReadonlyMap<string, number> }): WalkState => {
  const levels: number[] = [];
  for (const depth of depths) levels[depth] = (levels[depth] ?? 0) + 1;
  const byBound = new Map<number, number[]>();
  for (const [n, bound] of open) {
    const same = byBound.get(bound);
    if (same === undefined) byBound.set(bound, [n]);
    else same.push(n);
  }
  return {
    ids: ids.map((ciId) => ciId.slice(prefix.length)).join(''),
    levels,
    until,
    failed: [...failed].flatMap((ciId) => index.get(ciId) ?? []).sort((a, b) => a - b),
    open: [...byBound],
  };
};

export const restoreWalk = (state: WalkState): Known & { failed: string[] } => {
  const ids = Array.from(
    { length: state.ids.length / ownLength },
    (_, n) => `${prefix}${state.ids.slice(n * ownLength, (n + 1) * ownLength)}`,
  );
  return {
    ids,
    depths: state.levels.flatMap((count, depth) => Array.from({ length: count }, () => depth)),
    open: new Map(state.open.flatMap(([bound, indexes]) => indexes.map((n) => [n, bound] as const))),
    until: state.until,
    failed: state.failed.map((n) => ids[n] ?? ''),
  };
};
