import type { Baseline, Counts } from '../../domain/baseline/baseline.ts';
import { type FrozenCi, isServiceScope } from '../../domain/baseline/frozen-ci.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { freezeCis, type Moment, mostCis, nextOfQuery, readCis, segmentSize, walkService } from './members.ts';
import { getSegmentList, putSegment, putSegmentList, type SegmentEntry } from './segments.ts';

/** How long one request builds: the gateway waits for 30 s. */
const longestMs = 12_000;

/**
 * Builds on where the baseline stands, segment by segment, until it is done or the time of one request is used up; then it stays
 * `building`, and the next request goes on. All of it is as of one moment, so that it does not matter when a segment is read.
 */
export const buildOn = async (moment: Moment, data: ObjectStore, baseline: Baseline): Promise<Baseline> => {
  const { clock } = moment;
  const place = { data, tenant: moment.tenant, baselineId: baseline.baselineId };
  const entries = baseline.hash === '' ? [] : await getSegmentList(place, baseline.hash);
  const counts = { ...baseline.counts };
  const next = membersOf(moment, baseline);
  const deadline = clock().getTime() + longestMs;
  let after = baseline.after;
  do {
    const step = await next(after);
    const cis = await freezeCis(moment, await readCis(moment, step.ids));
    if (cis.length > 0) {
      entries.push({ hash: await putSegment(place, cis), ids: cis.map(({ ciId }) => ciId) });
      count(counts, cis);
    }
    after = step.next;
    checkSize(counts);
  } while (after !== undefined && clock().getTime() < deadline);
  return finish(baseline, { entries, counts, after, hash: await putSegmentList(place, entries) });
};

type Built = { entries: readonly SegmentEntry[]; counts: Counts; after: string | undefined; hash: string };

const finish = ({ after: _after, ...baseline }: Baseline, { entries, counts, after, hash }: Built): Baseline => ({
  ...baseline,
  ...(after === undefined ? {} : { after }),
  status: after === undefined ? 'ready' : 'building',
  segments: entries.length,
  counts,
  hash,
});

const count = (counts: Counts, cis: readonly FrozenCi[]): void => {
  counts.cis += cis.length;
  counts.bindings += cis.filter(({ binding }) => binding !== undefined).length;
  // An edge lies with both of its ends where both are in scope.
  counts.edges += cis.reduce((sum, { edges }) => sum + edges.length, 0);
};

const checkSize = ({ cis }: Counts): void => {
  if (cis <= mostCis) return;
  throw new Problem('unprocessable', `The scope holds more than ${mostCis} CIs, the most that one baseline takes.`, {
    errors: [{ pointer: '#/body/scope', detail: 'Too wide.' }],
    fix: 'Narrow the scope, for example by class or environment, or make several baselines.',
  });
};

/** The next members of the scope after a place, up to one segment. */
const membersOf = (moment: Moment, { scope }: Baseline) => {
  if (!isServiceScope(scope)) return (after: string | undefined) => nextOfQuery(moment, scope, after);
  let walked: string[] | undefined;
  return async (after = ''): Promise<{ ids: string[]; next?: string | undefined }> => {
    walked ??= await walkService(moment, scope);
    const rest = walked.filter((ciId) => ciId > after);
    const ids = rest.slice(0, segmentSize);
    return { ids, ...(rest.length > ids.length ? { next: ids.at(-1) } : {}) };
  };
};
