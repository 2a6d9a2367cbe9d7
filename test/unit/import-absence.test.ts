import { describe, expect, it } from '@jest/globals';
import { applyChunk } from '../../functions/apply-import/apply-chunk.ts';
import { agentJson, bookCsv, type Machine } from '../support/import-fleet.ts';
import { importRig } from '../support/import-rig.ts';
import { digestOf, estateOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';

const full = { snapshot: 'true' };
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const machine = (n: number, more: Partial<Machine> = {}): Machine => ({
  name: `sky-lt-${n}`,
  serial: `SKYA${1000 + n}`,
  macs: [`a4:bb:6d:00:07:${String(n).padStart(2, '0')}`],
  os: 'Debian 12',
  ...more,
});
const rowsOf = (numbers: readonly number[]) =>
  bookCsv(numbers.map((n) => ({ 'Asset Tag': `SKY-${n}`, 'Serial Number': `SKYA${1000 + n}`, Manufacturer: 'Dell' })));

/** An empty installation, and hands that send a listing of laptops, or one laptop, into it. */
const world = () => {
  const table = memoryTable();
  const rig = importRig(table);
  let files = 0;
  const list = (numbers: readonly number[], metadata: Record<string, string> = full, source = 'register') => {
    files += 1;
    return rig.importFile(source, `${files}.csv`, rowsOf(numbers), metadata);
  };
  const agent = async (n: number, metadata: Record<string, string> = {}, source = 'agents') => {
    files += 1;
    return rig.importFile(source, `${files}.json`, agentJson(machine(n)), metadata);
  };
  const estate = () => estateOf(table.items());
  const missing = (source = 'register') =>
    estate()
      .entries.filter(({ value }) => value.source === source && value.missingSince !== undefined)
      .map(({ value }) => value.nativeKey)
      .sort();
  const statuses = () => estate().cis.map(({ value }) => value.status);
  return { table, rig, list, agent, estate, missing, statuses };
};

describe('a full listing', () => {
  it('marks what it no longer has, and clears it when it is listed again', async () => {
    const { list, missing } = world();
    await list(names(0, 10));
    const { run } = await list(names(1, 10));
    expect(run).toMatchObject({ status: 'completed', counts: { unchanged: 9 }, absence: { live: 10, missing: 1 } });
    expect(missing()).toHaveLength(1);
    const again = await list(names(0, 10));
    expect(again.run.counts).toMatchObject({ unchanged: 10 });
    expect(missing()).toEqual([]);
  });
  it('that says nothing new writes nothing but its run', async () => {
    const { list, table } = world();
    await list(names(0, 10));
    await list(names(1, 10));
    const before = digestOf(table.items(), { versions: true });
    await list(names(1, 10));
    expect(digestOf(table.items(), { versions: true })).toEqual(before);
  });
  it('of another kind misses nothing: a file that does not say it is full', async () => {
    const { list, missing } = world();
    await list(names(0, 10));
    const { run } = await list(names(0, 1), {});
    expect(run).not.toHaveProperty('absence');
    expect(missing()).toEqual([]);
  });
  it('with a row that cannot be read, or with none, misses nothing', async () => {
    const { rig, list, missing } = world();
    await list(names(0, 10));
    const torn = `${rowsOf(names(1, 10))}"SKY-0,SKYA`;
    const { run } = await rig.importFile('register', 'torn.csv', torn, full);
    expect(run.status === 'rejected' || run.counts.rejected > 0).toBe(true);
    expect((await list([])).run.status).toBe('rejected');
    expect(missing()).toEqual([]);
  });
  it('older than the latest misses nothing', async () => {
    const { rig, list, missing } = world();
    await list(names(0, 10));
    await rig.importFile('register', 'old.csv', rowsOf(names(2, 10)), full, '2026-11-01T00:00:00.000Z');
    expect(missing()).toEqual([]);
  });
  it('is planned without marking, and marks when it is applied', async () => {
    const { rig, list, missing } = world();
    await list(names(0, 10));
    const { run } = await list(names(1, 10), { ...full, mode: 'plan' });
    expect(run.status).toBe('planned');
    expect(missing()).toEqual([]);
    await rig.startApplying(run.runId);
    await rig.context.queue.send([{ tenant: run.tenant, runId: run.runId, phase: 'records', chunk: 0 }]);
    await rig.work();
    expect((await rig.read(run.runId)).run.status).toBe('completed');
    expect(missing()).toHaveLength(1);
  });
});

describe('a listing that lacks more than a fifth', () => {
  it('is held and marks nothing, until a person confirms it', async () => {
    const { rig, list, missing } = world();
    await list(names(0, 10));
    const { run } = await list(names(3, 10));
    expect(run).toMatchObject({ status: 'held', problem: { code: 'too-many-missing' } });
    expect(run.problem?.detail).toContain('3 of 10');
    expect(missing()).toEqual([]);
    await rig.startApplying(run.runId);
    await rig.context.queue.send([{ tenant: run.tenant, runId: run.runId, phase: 'records', chunk: 0 }]);
    await rig.work();
    const { run: confirmed } = await rig.read(run.runId);
    expect(confirmed.status).toBe('completed');
    expect(confirmed).not.toHaveProperty('problem');
    expect(missing()).toHaveLength(3);
  });
  it('of exactly a fifth is not held', async () => {
    const { list, missing } = world();
    await list(names(0, 10));
    expect((await list(names(2, 10))).run.status).toBe('completed');
    expect(missing()).toHaveLength(2);
  });
});

describe('a CI', () => {
  const both = async () => {
    const here = world();
    for (const source of ['agents', 'scanner']) await here.agent(1, {}, source);
    return here;
  };
  /** A full listing of one other machine, with enough beside it that it is not held. */
  const lists = async ({ rig }: ReturnType<typeof world>, source: string, name: string) => {
    const { run } = await rig.importFile(source, name, agentJson(machine(2)), full);
    if (run.status !== 'held') return run;
    await rig.startApplying(run.runId);
    await rig.context.queue.send([{ tenant: run.tenant, runId: run.runId, phase: 'absence', chunk: 0 }]);
    await rig.work();
    return (await rig.read(run.runId)).run;
  };
  it('is missing only when every source that knows it misses it, and is back with the first that sees it', async () => {
    const here = await both();
    await lists(here, 'agents', 'x');
    expect(here.statuses()).not.toContain('missing');
    await lists(here, 'scanner', 'y');
    expect(here.statuses().sort()).toEqual(['missing', 'operational']);
    expect(here.estate().cis).toHaveLength(2);
    const { records } = await here.agent(1, {}, 'scanner');
    expect(records[0]?.outcome).toBe('updated');
    expect(here.statuses()).not.toContain('missing');
    expect(here.missing('scanner')).toEqual([]);
    expect(here.missing('agents')).toHaveLength(1);
  });
  it('is marked as well when the worker dies between the entry and the CI', async () => {
    const here = world();
    await here.agent(1);
    const runId = await here.rig.plan(here.rig.put('agents', 'x', agentJson(machine(2)), full));
    while (here.rig.messages[0]?.phase !== 'absence') await here.rig.workOne();
    const [message] = here.rig.messages;
    if (message === undefined) throw new Error('no work');
    await here.rig.work();
    await here.rig.startApplying(runId);
    const { writeEach } = here.table;
    let deaths = 0;
    here.table.writeEach = async (writes) => {
      const marks = writes.some((write) => 'put' in write && write.put.e === 'ci');
      if (marks && deaths++ === 0) throw new Error('the worker dies');
      return writeEach(writes);
    };
    await expect(applyChunk(here.rig.context, message)).rejects.toThrow('dies');
    expect(here.missing('agents')).toHaveLength(1);
    expect(here.statuses()).not.toContain('missing');
    await applyChunk(here.rig.context, message);
    expect(here.statuses()).toContain('missing');
    const before = digestOf(here.table.items(), { versions: true });
    await applyChunk(here.rig.context, message);
    expect(digestOf(here.table.items(), { versions: true })).toEqual(before);
  });
});
