import { describe, expect, it } from '@jest/globals';
import type { Baseline } from '../../domain/baseline/baseline.ts';
import { checkWhole, startBaseline } from '../../domain/baseline/write-baseline.ts';
import { byDefaultRules } from '../../domain/reconcile/decide-value.ts';
import { buildOn } from '../../functions/baselines/build.ts';
import { getSegmentList } from '../../functions/baselines/segments.ts';
import { digest } from '../../functions/shared/digest.ts';
import { ciItem } from '../support/graph-table.ts';
import { ciNumber } from '../support/graph-world.ts';
import { memoryObjects } from '../support/memory-objects.ts';
import { memoryTable } from '../support/memory-table.ts';

const asOf = '2026-02-01T00:00:00.000Z';

const world = (size: number) => {
  const table = memoryTable();
  for (let n = 0; n < size; n += 1) table.put(ciItem(ciNumber(n), `gate ${n}`));
  const { store, kept } = memoryObjects();
  const maker = { tenant: 'skyways', subject: 'kim', now: asOf, asOf, requestKey: 'one', digest };
  const started = startBaseline({ name: 'gates', scope: {} }, maker);
  let clock = Date.parse(asOf);
  /** Each look at the clock takes this long. */
  const build = (baseline: Baseline, stepMs: number) => {
    const moment = {
      table,
      tenant: 'skyways',
      asOf,
      viewing: byDefaultRules,
      below: '',
      clock: () => {
        clock += stepMs;
        return new Date(clock);
      },
    };
    return buildOn(moment, store, baseline);
  };
  return { table, store, kept, started, build };
};

describe('a baseline that takes longer than a request', () => {
  it('is built on where it stopped, as of its moment, into what it would have been at once', async () => {
    const { started, build, table, store, kept } = world(600);
    const first = await build(started, 20_000);
    expect([first.status, first.segments, first.counts.cis]).toEqual(['building', 1, 250]);
    expect(() => checkWhole(first)).toThrow('not whole');
    const change = { type: 'CiCreated', by: 'kim', at: '2026-03-01T00:00:00.000Z', correlationId: 'test' };
    table.put({ ...ciItem(ciNumber(7000), 'too late'), c: change });
    let baseline = first;
    for (let n = 0; n < 3 && baseline.status === 'building'; n += 1) baseline = await build(baseline, 20_000);
    expect([baseline.status, baseline.segments, baseline.after]).toEqual(['ready', 3, undefined]);
    const again = await build(started, 0);
    expect(again).toEqual(baseline);
    const place = { data: store, tenant: 'skyways', baselineId: baseline.baselineId };
    const ids = (await getSegmentList(place, baseline.hash)).flatMap((entry) => entry.ids);
    expect(new Set(ids).size).toBe(baseline.counts.cis);

    const [name = ''] = [...kept.keys()].filter((key) => key.includes(`list-${baseline.hash}`));
    await store.put(name, '{"hash":"x","ids":[]}\n', 'application/x-ndjson');
    await expect(getSegmentList(place, baseline.hash)).rejects.toThrow('is not what was written');
    await store.put(name, '{"hash":', 'application/x-ndjson');
    await expect(getSegmentList(place, baseline.hash)).rejects.toMatchObject({
      code: 'internal',
      detail: expect.stringContaining('is damaged'),
    });
    kept.delete(name);
    await expect(getSegmentList(place, baseline.hash)).rejects.toThrow(`${name} is gone`);
    expect(() => checkWhole({ ...first, status: 'retired' })).toThrow('was retired before it was whole');
  });
});
