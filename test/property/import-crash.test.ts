import { describe, expect, it } from '@jest/globals';
import { checkEstate } from '../support/import-check.ts';
import { Crash, faults } from '../support/import-faults.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { relayed, tableWithStream } from '../support/import-relay.ts';
import { importRig, type UploadEvent, type Wrap } from '../support/import-rig.ts';
import { digestOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';

const uuid = (n: number) => `7d3c2b1a-0000-4000-8000-0000000000${n + 10}`;
const rows = Array.from({ length: 50 }, (_, n) => ({
  'Asset Tag': `SKY-${9000 + n}`,
  'Serial Number': `CRSH${1000 + n}`,
  Manufacturer: 'Dell',
  Status: 'Deployed',
  Location: n % 2 === 0 ? 'ARN HQ' : 'OSL Gate Office',
  'MAC Address': n % 5 === 0 ? `a4:bb:6d:00:01:${16 + n}` : '',
}));
const host = { name: 'cph-hv-1', serial: 'CRSH1000', macs: ['a4:bb:6d:00:01:16'], os: 'Proxmox', software: ['qemu'] };
const guests = Array.from({ length: 6 }, (_, n) => ({ name: `guest-${n}`, uuid: uuid(n) }));

/** A book of 50 devices, a host that is one of them with its guests, then changes of both: claims, bindings, relations, updates. */
const files = [
  ['register', bookCsv(rows)],
  ['agents', agentJson({ ...host, guests, seenAt: '2026-11-19 06:00:00' })],
  [
    'register',
    bookCsv(rows.map((row, n) => (n % 4 === 0 ? { ...row, Status: 'Retired', Location: 'GOT Hangar 2' } : row))),
  ],
  [
    'agents',
    agentJson({ ...host, os: 'Proxmox 9', software: [], guests: guests.slice(3), seenAt: '2026-11-20 06:00:00' }),
  ],
] as const;

/** Imports all files; whoever dies is started again: its message comes again, and so does the event of the upload. */
const importAll = async (wrap: Wrap | undefined) => {
  const { table, stream } = tableWithStream();
  const rig = importRig(table, wrap);
  let crashes = 0;
  const survive = async (event: UploadEvent): Promise<string> => {
    try {
      const runId = await rig.plan(event);
      await rig.work();
      return runId;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashes += 1;
      return survive(event);
    }
  };
  const runs = [];
  for (const [n, [source, content]] of files.entries()) {
    const event = rig.put(source, `${n}`, content);
    await survive(event);
    runs.push(await rig.read(await survive(event)));
  }
  const { events } = await relayed(table, stream);
  const told = new Set(
    events.filter(({ type }) => !type.startsWith('Import')).map(({ type, detail }) => `${detail.eventId} ${type}`),
  );
  return {
    crashes,
    state: digestOf(table.items(), { versions: true, times: true }),
    counts: runs.map(({ run }) => [run.status, run.counts]),
    outcomes: runs.flatMap(({ records }) =>
      records.map(({ outcome, matchedBy, ciId, assetId }) => ({ outcome, matchedBy, ciId, assetId })),
    ),
    told: [...told].sort(),
    faults: checkEstate(table.items()),
  };
};

describe('a worker that dies at any step', () => {
  it.each(['before', 'after'] as const)(
    'and is started again leaves what an undisturbed one leaves: %s the step is done',
    async (when) => {
      const counting = faults();
      const undisturbed = await importAll(counting.wrap);
      expect(undisturbed.faults).toEqual([]);
      expect(undisturbed.counts.filter(([status]) => status === 'completed')).toHaveLength(files.length);
      expect(counting.steps()).toBeGreaterThan(60);
      for (let step = 1; step <= counting.steps(); step += 1) {
        const failing = faults();
        failing.crashAt(step, when);
        const result = await importAll(failing.wrap);
        expect({ step, ...result }).toEqual({ ...undisturbed, step, crashes: 1 });
      }
    },
    300_000,
  );

  it('would leave claims without holder if what belongs together were not written together', async () => {
    const torn: Wrap = {
      ...faults().wrap,
      table: (inner) => ({
        ...inner,
        transact: async (writes) => {
          const entities = writes.filter((write) => 'put' in write && ['asset', 'ci'].includes(write.put.e));
          if (entities.length === 0) return inner.transact(writes);
          await inner.transact(writes.filter((write) => !entities.includes(write)));
          throw new Crash();
        },
      }),
    };
    const table = memoryTable();
    const rig = importRig(table, torn);
    await rig.plan(rig.put('register', 'a', files[0][1]));
    await expect(rig.work()).rejects.toThrow(Crash);
    expect(checkEstate(table.items()).join()).toContain('no asset');
  });
});
