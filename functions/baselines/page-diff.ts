import * as z from 'zod';
import { type CiDiff, compareFrozen } from '../../domain/baseline/diff.ts';
import type { Side } from './sides.ts';

/** Where a page ended: in which pass, after which step of its side, after how many of that step's members; as of which moment. */
export const DiffPlace = z.strictObject({
  pass: z.enum(['before', 'after']),
  after: z.string().optional(),
  skip: z.int().nonnegative(),
  at: z.string(),
});
export type DiffPlace = z.infer<typeof DiffPlace>;

/** What one request looks at and answers at most; then the page is shorter, and its place tells where to go on. */
const mostSteps = 8;
const mostCharacters = 3_000_000;

/**
 * One page of what makes `after` of `before`: first what changed or is gone, in the order of `before`, then what is new, in the order
 * of `after`. Equal things give nothing, so that a page may be empty and still have a next one.
 */
export const pageDiff = async (before: Side, after: Side, start: DiffPlace, limit: number) => {
  const items: CiDiff[] = [];
  let place: DiffPlace | undefined = start;
  let room = mostCharacters;
  for (let step = 0; step < mostSteps && place !== undefined; step += 1) {
    const own: Side = place.pass === 'before' ? before : after;
    const { ids, next } = await own.ids(place.after);
    const rest = ids.slice(place.skip);
    const diffs: Map<string, CiDiff> =
      place.pass === 'before' ? await changed(before, after, rest) : await added(before, after, rest);
    for (const [n, ciId] of rest.entries()) {
      const diff = diffs.get(ciId);
      if (diff === undefined) continue;
      if (items.length === limit || room <= 0) return { items, place: { ...place, skip: place.skip + n } };
      items.push(diff);
      room -= JSON.stringify(diff).length;
    }
    place = following(place, next);
  }
  return { items, place };
};

const following = ({ pass, at }: DiffPlace, next: string | undefined): DiffPlace | undefined => {
  if (next !== undefined) return { pass, after: next, skip: 0, at };
  return pass === 'before' ? { pass: 'after', skip: 0, at } : undefined;
};

const changed = async (before: Side, after: Side, ids: readonly string[]): Promise<Map<string, CiDiff>> => {
  const [was, is] = [await before.get(ids), await after.get(ids)];
  return new Map(
    ids.flatMap((ciId) => {
      const diff = compareFrozen(was.get(ciId), is.get(ciId));
      return diff === undefined ? [] : [[ciId, diff] as const];
    }),
  );
};

const added = async (before: Side, after: Side, ids: readonly string[]): Promise<Map<string, CiDiff>> => {
  const fresh: string[] = [];
  for (const ciId of ids) if (!(await before.has(ciId))) fresh.push(ciId);
  const is = await after.get(fresh);
  return new Map([...is].map(([ciId, ci]) => [ciId, { change: 'added', ciId, after: ci }]));
};
