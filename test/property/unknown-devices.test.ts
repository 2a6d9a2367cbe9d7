import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { Change } from '../../domain/shared/change.ts';
import type { UnknownDevice } from '../../domain/unknown-device/unknown-device.ts';
import { noteUnknown } from '../../functions/unknown-devices/note-unknown.ts';
import { slowly } from '../support/import-race.ts';
import { discovered } from '../support/import-records.ts';
import { relayed, tableWithStream } from '../support/import-relay.ts';
import { importRig } from '../support/import-rig.ts';

/** One sighting, or (`agent`) the inventory that makes a device known. */
type Step = { device: number; day: number; hour: number; port: number; source: 'nmap' | 'lldp'; agent: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  device: fc.integer({ min: 0, max: 3 }),
  day: fc.integer({ min: 10, max: 14 }),
  hour: fc.integer({ min: 0, max: 23 }),
  port: fc.integer({ min: 0, max: 2 }),
  source: fc.constantFrom('nmap', 'lldp'),
  agent: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

const two = (n: number) => String(n).padStart(2, '0');
const macOf = (device: number) => `a4:bb:6d:00:0b:${two(device)}`;
const { assetKind: _kind, ...plain } = discovered();

const recordOf = ({ device, day, hour, port, agent }: Step): DiscoveryRecord => {
  const observedAt = `2026-11-${two(day)}T${two(hour)}:00:00.000Z`;
  const identifiers = [{ type: 'mac' as const, value: macOf(device) }];
  if (agent) {
    const serial = { type: 'serial' as const, value: `UNKP000${device}`, qualifier: 'Dell' };
    const nativeKey = `serial:dell:UNKP000${device}`;
    return discovered({ nativeKey, observedAt, name: `d${device}`, identifiers: [...identifiers, serial] });
  }
  return {
    ...plain,
    ...{ partial: true, nature: 'unknown', ciClass: 'unmanaged', sections: {}, observedAt },
    nativeKey: `mac:${macOf(device)}`,
    name: `d${device}`,
    identifiers: [...identifiers, { type: 'ip', value: `10.0.0.${port}` }],
    seenAt: [{ device: 'sw-1', port: `Gi1/0/${port}` }],
  };
};

const world = () => {
  const { table, stream } = tableWithStream();
  const rig = importRig(table);
  let files = 0;
  const apply = async (one: Step) => {
    files += 1;
    await rig.importRecords(one.agent ? 'agents' : one.source, `p${files}`, [recordOf(one)]);
  };
  /** Rows that are not known to be anything, and how often each device was told of. */
  const outcome = async () => {
    let told = 0;
    const events: string[] = [];
    while (told < stream.length) {
      const changes = stream.slice(told);
      told = stream.length;
      const { events: more } = await relayed(table, changes);
      for (const { type, detail } of more)
        if (type === 'UnknownDeviceDetected') events.push((detail.data as { unknownId: string }).unknownId);
    }
    const rows = table.items().flatMap(({ e, d }) => (e === 'unknown device' ? [d as UnknownDevice] : []));
    const open = rows.filter(({ state }) => state === 'open').sort((a, b) => (a.unknownId < b.unknownId ? -1 : 1));
    return { open, rows, events };
  };
  return { apply, outcome };
};

const rowsAfter = async (steps: readonly Step[]) => {
  const { apply, outcome } = world();
  for (const one of steps) await apply(one);
  return outcome();
};

describe('rows of unknown devices', () => {
  it('are the same in any order and after replays; none is told of twice, and what an agent knows is not open', async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 8 });
    const orders = steps.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([first, second]) => {
        const [one, other] = [await rowsAfter(first), await rowsAfter(second)];
        expect(other.open).toEqual(one.open);
        for (const { events } of [one, other]) expect(new Set(events).size).toBe(events.length);
        const known = new Set(first.flatMap(({ agent, device }) => (agent ? [macOf(device)] : [])));
        expect(one.open.filter(({ key }) => known.has(key.value))).toEqual([]);
        for (const { state, assetId } of other.rows) expect(state === 'known').toBe(assetId !== undefined);
      }),
      { numRuns: 40 },
    );
  });
  it('are the same when runs are at work at the same moment', async () => {
    const sightings = fc.array(
      step.map((one) => ({ ...one, agent: false })),
      { minLength: 2, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(
        sightings,
        fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })),
        async (all, turns) => {
          const { table, stream } = tableWithStream();
          const slow = slowly(() => turns.next().value ?? 0).table(table);
          const note = (one: Step, n: number) => {
            const runId = `run_${String.fromCharCode(97 + n).repeat(26)}`;
            const run = {
              tenant: 'skyways',
              source: one.source,
              runId,
              storedAt: '2026-11-22T06:00:00.000Z',
            } as StoredRun;
            const noted = [{ record: recordOf(one), outcome: { outcome: 'held' as const } }];
            return noteUnknown(slow, run, '2026-11-22T08:00:00.000Z', noted);
          };
          await Promise.all(all.map(note));
          const rows = table.items().map(({ d }) => d as UnknownDevice);
          expect(rows.sort((a, b) => (a.unknownId < b.unknownId ? -1 : 1))).toEqual((await rowsAfter(all)).open);
          const told = stream.flatMap(({ after }) => ((after?.c as Change | undefined)?.type ? [after?.pk] : []));
          expect(told).toHaveLength(rows.length);
        },
      ),
      { numRuns: 30 },
    );
  });
});
