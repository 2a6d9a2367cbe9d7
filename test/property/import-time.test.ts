import { describe, expect, it } from '@jest/globals';
import { mostTurns } from '../../functions/plan-import/checkpoint.ts';
import { leastMs } from '../../functions/plan-import/deadline.ts';
import { handleUpload } from '../../functions/plan-import/handler.ts';
import { readUpload } from '../../functions/plan-import/upload.ts';
import { deviceJson } from '../bench/groups/import-fleet.ts';
import { checkEstate } from '../support/import-check.ts';
import { Crash, faults } from '../support/import-faults.ts';
import { bookCsv } from '../support/import-fleet.ts';
import { importRig, rigTenant, type UploadEvent, type Wrap } from '../support/import-rig.ts';
import { digestOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';
import { registries } from '../support/registries.ts';

/** A book of 50 devices: no row of it is recognised by its bytes. */
const book = (state: number, devices = 50): string =>
  bookCsv(
    Array.from({ length: devices }, (_, n) => ({
      'Asset Tag': `SKY-${9000 + n}`,
      'Serial Number': `TIME${1000 + n}`,
      Manufacturer: 'Dell',
      Location: n % 4 === 0 && state > 0 ? `GOT Hangar ${state}` : 'ARN HQ',
    })),
  );

/**
 * A list of 50 devices with news of some; device 8 stands in it again as it was before, beside news, and without a time: the last one counts.
 * Rubbish between them is told of.
 */
const list = (state: number, devices = 50): string => {
  const undated = (text: string) => text.replaceAll(/"lastSyncDateTime":"[^"]*"/g, '"lastSyncDateTime":null');
  const rows = Array.from({ length: devices }, (_, n) => deviceJson(n, n % 4 === 0 ? state : 0));
  const more = state > 0 ? ['{"id":"","deviceName":""}', deviceJson(8), deviceJson(3)] : [];
  return `{"value":[\n${undated([...rows, ...more].join(',\n'))}\n]}`;
};

type Way = {
  wrap?: Wrap;
  /** After how many questions for the time a planner finds none left, and how many planners find that. */
  stopAfter?: number;
  stops?: number;
  /** The index is read after so many records. */
  after?: number;
};

/** Two files of one source, each planned by as many planners as it takes; whoever dies is started again. */
const importBoth = async (fileOf: (state: number) => string, { wrap, stopAfter = 0, stops = 0, after }: Way = {}) => {
  const table = memoryTable();
  const rig = importRig(table, wrap);
  if (after !== undefined) rig.context.readIndexAfter = after;
  const survive = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      await survive(act);
    }
  };
  const runs = [];
  let calls = 0;
  for (const state of [0, 1]) {
    let left = stops;
    const deliver = async (event: UploadEvent): Promise<void> => {
      for (const registry of registries) {
        let asked = 0;
        const getRemainingTimeInMillis = (): number => {
          asked += 1;
          // The first question is that of the framework.
          if (asked === stopAfter + 2) left -= 1;
          return asked > stopAfter + 1 && left >= 0 ? leastMs - 1 : leastMs;
        };
        const handler = handleUpload(rig.context, registry, rigTenant);
        await handler(event, { getRemainingTimeInMillis } as Parameters<typeof handler>[1]);
      }
    };
    const event = rig.put('intune', `${state}`, fileOf(state), {}, `2026-11-22T0${6 + state}:00:00.000Z`);
    await survive(() => deliver(event));
    for (let open = callsOf(rig.uploads.kept); open.length > 0; open = callsOf(rig.uploads.kept)) {
      for (const key of open) {
        calls += 1;
        await survive(() => deliver({ ...event, detail: { ...event.detail, object: { key } } }));
        rig.uploads.kept.set(`done/${key}`, rig.uploads.kept.get(key) as never);
        rig.uploads.kept.delete(key);
      }
    }
    await survive(rig.work);
    const upload = readUpload(event, rigTenant);
    runs.push(await rig.read(upload?.runId ?? ''));
  }
  return {
    calls,
    result: {
      state: digestOf(table.items()),
      faults: checkEstate(table.items()),
      status: runs.map(({ run }) => run.status),
      counts: runs.map(({ run }) => run.counts),
      outcomes: runs.map(({ records }) =>
        records.map(({ recordIndex, line, outcome, errors }) => ({ recordIndex, line, outcome, errors })),
      ),
    },
    runs: runs.map(({ run }) => run),
  };
};
/** What an applier that died half-way tells of two records of one thing may differ, never what it leaves. */
const lasting = ({ state, faults, status, counts, outcomes }: Awaited<ReturnType<typeof importBoth>>['result']) => ({
  ...{ state, faults, status },
  counts: counts.map(({ records, rejected }) => ({ records, rejected })),
  places: outcomes.map((one) => one.map(({ recordIndex, line }) => ({ recordIndex, line }))),
});
const callsOf = (kept: ReadonlyMap<string, unknown>): string[] =>
  [...kept.keys()].filter((key) => key.startsWith('go-on/'));

describe('a planner whose time is over', () => {
  it('is followed by one that goes on, after whichever of 50 records it stopped', async () => {
    const way = { after: 2 };
    const whole = await importBoth(list, way);
    expect(whole).toMatchObject({ calls: 0, result: { faults: [], status: ['completed', 'completed'] } });
    expect(whole.result.counts[1]).toMatchObject({ records: 53, updated: 14, unchanged: 38, rejected: 1 });
    for (let stopAfter = 0; stopAfter <= 54; stopAfter += 1) {
      const { calls, result, runs } = await importBoth(list, { ...way, stopAfter, stops: 1 });
      expect({ stopAfter, ...result }).toEqual({ stopAfter, ...whole.result });
      expect(runs.map(({ progress }) => progress)).toEqual([undefined, undefined]);
      if (stopAfter < 14) expect(calls).toBe(2);
    }
  }, 300_000);
  it.each([
    ['asks for its entries', (state: number) => book(state, 24)],
    ['asks for its entries, of elements', (state: number) => list(state, 12)],
  ])('may be any that %s', async (_, fileOf) => {
    const whole = await importBoth(fileOf);
    for (const stopAfter of [0, 1, 2, 5, 11, 22, 23, 24]) {
      const { result } = await importBoth(fileOf, { stopAfter, stops: 3 });
      expect({ stopAfter, ...result }).toEqual({ stopAfter, ...whole.result });
    }
  });
  it('may die at any step, and so may those that follow', async () => {
    const small = (state: number) => list(state, 10);
    const way = { stopAfter: 2, stops: 4, after: 2 };
    const counting = faults();
    const whole = await importBoth(small, { after: 2 });
    const stopping = await importBoth(small, { ...way, wrap: counting.wrap });
    expect(stopping.calls).toBeGreaterThan(4);
    expect(stopping.result).toEqual(whole.result);
    for (let step = 1; step <= counting.steps(); step += 1) {
      const failing = faults();
      failing.crashAt(step, step % 2 === 0 ? 'before' : 'after');
      const { result } = await importBoth(small, { ...way, wrap: failing.wrap });
      expect({ step, ...lasting(result) }).toEqual({ step, ...lasting(whole.result) });
    }
  }, 300_000);
  it('is the last one when so many came to no end', async () => {
    const { runs, calls } = await importBoth((state) => book(state, 24), { stops: 1000 });
    expect(calls).toBe(2 * (mostTurns - 1));
    expect(runs[0]).toMatchObject({ status: 'rejected', problem: { code: 'planning-too-long' } });
  });
});
