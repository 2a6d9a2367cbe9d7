import type { Baseline } from '../../domain/baseline/baseline.ts';
import { type FrozenCi, isInQuery, isServiceScope } from '../../domain/baseline/frozen-ci.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { freezeCis, type Moment, nextOfQuery, readCis, segmentSize, walkService } from './members.ts';
import { getSegment, getSegmentList } from './segments.ts';

/** One side of a diff: its members step by step in an order of its own, and any of them looked up. */
export type Side = {
  ids: (after: string | undefined) => Promise<{ ids: string[]; next?: string | undefined }>;
  has: (ciId: string) => Promise<boolean>;
  get: (ids: readonly string[]) => Promise<Map<string, FrozenCi>>;
};

/** What a baseline keeps. The list of its segments is read once; the last segments that were read are at hand. */
export const frozenSide = (
  { baselineId, hash }: Pick<Baseline, 'baselineId' | 'hash'>,
  tenant: string,
  data: ObjectStore,
): Side => {
  const place = { data, tenant, baselineId };
  const load = async () => {
    const entries = await getSegmentList(place, hash);
    return { entries, segmentOf: new Map(entries.flatMap(({ ids }, n) => ids.map((ciId) => [ciId, n] as const))) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const list = () => {
    loaded ??= load();
    return loaded;
  };
  const read = new Map<number, Map<string, FrozenCi>>();
  const segment = async (n: number): Promise<Map<string, FrozenCi>> => {
    const known = read.get(n);
    const entry = (await list()).entries[n];
    if (known !== undefined || entry === undefined) return known ?? new Map();
    const found = new Map((await getSegment(place, entry)).map((ci) => [ci.ciId, ci]));
    if (read.size >= 8) read.delete(Math.min(...read.keys()));
    read.set(n, found);
    return found;
  };
  return {
    ids: async (after = '0') => {
      const { entries } = await list();
      const n = Number(after);
      return { ids: entries[n]?.ids ?? [], ...(n + 1 < entries.length ? { next: String(n + 1) } : {}) };
    },
    has: async (ciId) => (await list()).segmentOf.has(ciId),
    get: async (ids) => {
      const { segmentOf } = await list();
      const found = new Map<string, FrozenCi>();
      for (const n of new Set(ids.flatMap((ciId) => segmentOf.get(ciId) ?? []))) {
        const cis = await segment(n);
        for (const ciId of ids) {
          const ci = cis.get(ciId);
          if (ci !== undefined) found.set(ciId, ci);
        }
      }
      return found;
    },
  };
};

/** What is in the same scope at another moment. */
export const momentSide = (moment: Moment, scope: Baseline['scope']): Side => {
  let walked: Promise<string[]> | undefined;
  const members = (service: Extract<Baseline['scope'], { service: string }>) => {
    walked ??= walkService(moment, service);
    return walked;
  };
  const inScope = async (ids: readonly string[]) => {
    const cis = await readCis(moment, ids);
    if (!isServiceScope(scope)) return cis.filter((ci) => isInQuery(ci, scope, moment.viewing, moment.below));
    const all = new Set(await members(scope));
    return cis.filter(({ ciId }) => all.has(ciId));
  };
  return {
    ids: async (after) => {
      if (!isServiceScope(scope)) return nextOfQuery(moment, scope, after);
      const rest = (await members(scope)).filter((ciId) => ciId > (after ?? ''));
      const ids = rest.slice(0, segmentSize);
      return { ids, ...(rest.length > ids.length ? { next: ids.at(-1) } : {}) };
    },
    has: async (ciId) => (await inScope([ciId])).length > 0,
    get: async (ids) => new Map((await freezeCis(moment, await inScope(ids))).map((ci) => [ci.ciId, ci])),
  };
};
