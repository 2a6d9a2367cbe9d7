import { describe, expect, it } from '@jest/globals';
import { phaseOf, type StoredRun } from '../../domain/import/stored-run.ts';
import { countChunk } from '../../functions/apply-import/count-chunk.ts';
import { runEntity } from '../../functions/plan-import/entities.ts';
import type { Table } from '../../functions/store/table.ts';
import { bookCsv } from '../support/import-fleet.ts';
import { importRig, rigTenant } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const planned = async () => {
  const table = memoryTable();
  const rig = importRig(table);
  const runId = await rig.plan(rig.put('register', 'a.csv', bookCsv([{ 'Asset Tag': 'SKY-1' }])));
  return { table, rig, runId };
};

describe('many chunks at once', () => {
  it('are all counted, though they take turns on one item', async () => {
    const { rig, runId, table } = await planned();
    const { run } = await rig.read(runId);
    const many = { ...run, chunks: 16 };
    table.put(runEntity.toItem(rigTenant, many, 3));
    const outcomes = [{ recordIndex: 0, outcome: 'created' as const, warnings: [], errors: [] }];
    await Promise.all(
      Array.from({ length: 16 }, (_, chunk) =>
        countChunk(rig.context, many, { phase: 'records', name: 'records', chunk, outcomes }),
      ),
    );
    const counted = table.items().find(({ e }) => e === 'run');
    expect(counted?.d).toMatchObject({ status: 'completed', chunksDone: 16, counts: { created: 16 } });
    expect(counted?.v).toBe(3 + 16);
  });
  it('would be counted twice without a mark of each', async () => {
    const { rig, runId, table } = await planned();
    const { run } = await rig.read(runId);
    const done = { phase: 'records', name: 'records', chunk: 0, outcomes: [] } as const;
    const counted = () => table.items().flatMap(({ e, d }) => (e === 'run' ? [(d as StoredRun).chunksDone] : []))[0];
    await countChunk(rig.context, run, done);
    await countChunk(rig.context, run, done);
    expect(counted()).toBe(1);
    const unmarked: Table = { ...table, transact: (writes) => table.transact(writes.slice(1)) };
    await countChunk({ ...rig.context, table: unmarked }, run, done);
    expect(counted()).toBe(2);
  });
});

describe('the phases of a run', () => {
  const run = { chunks: 2, chunksDone: 2, relationChunks: [1], relationsDone: 0, mode: 'apply' as const };
  it.each([
    [{ chunksDone: 1 }, 'records'],
    [{}, 'relations'],
    [{ relationsDone: 1 }, 'finished'],
    [{ relationChunks: [] }, 'finished'],
    [{ mode: 'plan' as const }, 'finished'],
    [{ mode: 'plan' as const, chunksDone: 1 }, 'records'],
  ])('with %j is %s', (more, phase) => {
    expect(phaseOf({ ...run, ...more } as never)).toBe(phase);
  });
});
