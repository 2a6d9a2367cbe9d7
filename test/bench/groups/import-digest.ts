import { Crash, type Faults, faults } from '../../support/import-faults.ts';
import { seeded, shuffled } from '../../support/import-fleet.ts';
import { slowly } from '../../support/import-race.ts';
import { importRig, type Wrap } from '../../support/import-rig.ts';
import { digestOf } from '../../support/import-state.ts';
import { memoryTable } from '../../support/memory-table.ts';
import type { Metric } from '../metric.ts';
import { deviceJson } from './import-fleet.ts';

const devices = 12;
const crashDevices = 50;
const storedAt = ['2026-11-22T06:00:00.000Z', '2026-11-22T07:00:00.000Z', '2026-11-22T08:00:00.000Z'] as const;

/** An export of these devices; every third one has news in each state, and says when it was seen. */
const exportOf = (numbers: readonly number[], state: number): string => {
  const hour = 4 + state;
  const rows = numbers.map((n) => {
    const text = deviceJson(n, n % 3 === 0 ? state : 0);
    return n % 3 === 0 ? text.replace('2026-11-20T05:41', `2026-11-20T0${hour}:41`) : text;
  });
  return `{"value":[\n${rows.join(',\n')}\n]}`;
};
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** What a plain import of the three states leaves. */
const reference = async (): Promise<string> => {
  const table = memoryTable();
  const rig = importRig(table);
  for (const state of [0, 1, 2])
    await rig.importFile('intune', `${state}`, exportOf(upTo(devices), state), {}, storedAt[state]);
  return digestOf(table.items()).join('\n');
};

/**
 * The three states, each shuffled and with repeats of its own records, its event delivered again, and at the same time as a second upload of
 * the same state in another order, with waits that the seed decides. The index is read whole after two records.
 */
const anotherWay = async (seed: number): Promise<string> => {
  const random = seeded(seed);
  const table = memoryTable();
  const wrap = slowly(random);
  for (const state of [0, 1, 2]) {
    const one = async (way: number) => {
      const rig = importRig(table, wrap);
      rig.context.readIndexAfter = 2;
      const numbers = shuffled([...upTo(devices), ...upTo(devices).filter(() => random() < 0.3)], random);
      const event = rig.put('intune', `${state}-${way}`, exportOf(numbers, state), {}, storedAt[state]);
      for (let again = random() < 0.3 ? 2 : 1; again > 0; again -= 1) {
        await rig.plan(event);
        await rig.work();
      }
    };
    await Promise.all([one(0), ...(random() < 0.5 ? [one(1)] : [])]);
  }
  return digestOf(table.items()).join('\n');
};

/** Two states of 50 devices; whoever dies is started again. */
const crashing = async (wrap: Wrap): Promise<string> => {
  const table = memoryTable();
  const rig = importRig(table, wrap);
  rig.context.readIndexAfter = 2;
  for (const state of [0, 1]) {
    const event = rig.put('intune', `${state}`, exportOf(upTo(crashDevices), state), {}, storedAt[state]);
    for (let isDone = false; !isDone; ) {
      try {
        await rig.plan(event);
        await rig.work();
        isDone = true;
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      }
    }
  }
  return digestOf(table.items()).join('\n');
};

const countOf = (metric: string, different: number, of: number): Metric => ({
  metric,
  value: different,
  unit: `of ${of}`,
  bar: '<= 0',
  ok: different === 0,
});

/** In how many ways to the same state another state is reached: none, over all seeds and all steps a worker may die at. */
export async function* measureDigest(seeds: number): AsyncGenerator<Metric> {
  const wanted = await reference();
  let different = 0;
  for (let seed = 1; seed <= seeds; seed += 1) if ((await anotherWay(seed)) !== wanted) different += 1;
  yield countOf('import.digest.differentSeeds', different, seeds);

  const counting: Faults = faults();
  const undisturbed = await crashing(counting.wrap);
  let broken = 0;
  for (const when of ['before', 'after'] as const) {
    for (let step = 1; step <= counting.steps(); step += 1) {
      const failing = faults();
      failing.crashAt(step, when);
      if ((await crashing(failing.wrap)) !== undisturbed) broken += 1;
    }
  }
  yield countOf('import.digest.differentCrashes', broken, counting.steps() * 2);
}
