import { describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../../domain/import/fingerprint.ts';
import { putLines } from '../../functions/objects/ndjson.ts';
import { runFiles } from '../../functions/plan-import/chunk-line.ts';
import { digest } from '../../functions/shared/digest.ts';
import { checkEstate } from '../support/import-check.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { discovered } from '../support/import-records.ts';
import { relayed, tableWithStream } from '../support/import-relay.ts';
import { importRig } from '../support/import-rig.ts';
import { digestOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';

const host = agentJson({ name: 'cph-hv-1', serial: 'HOST0001' });
const planned = async (content: string) => {
  const table = memoryTable();
  const rig = importRig(table);
  const runId = await rig.plan(rig.put('agents', 'a', content));
  return { table, rig, runId };
};

describe('records that touch the same things', () => {
  it('are written in smaller groups when they are too many for one transaction', async () => {
    const { table, rig, runId } = await planned(host);
    // One shared address ties 16 laptops of 7 writes each together.
    const laptops = Array.from({ length: 16 }, (_, n) => {
      const identifiers = ['serial', 'hostname', 'fqdn'].map((type) => ({
        type: type as 'serial',
        value: `dock${n}.skyways.example`,
      }));
      const dock = { type: 'mac' as const, value: '00:e0:4c:68:4a:9d' };
      const record = discovered({ recordIndex: n, nativeKey: `dock-${n}`, identifiers: [...identifiers, dock] });
      return { record, print: fingerprintOf(record, digest) };
    });
    const { run } = await rig.read(runId);
    await putLines(rig.data.store, runFiles(run).chunk(0), laptops);
    const sizes: number[] = [];
    const { transact, writeEach } = table;
    table.transact = (writes) => {
      sizes.push(writes.length);
      return transact(writes);
    };
    const alone: string[] = [];
    table.writeEach = (writes) => {
      alone.push(...writes.flatMap((write) => ('put' in write ? [write.put.e] : [])));
      return writeEach(writes);
    };
    await rig.work();
    expect((await rig.read(runId)).run.counts).toMatchObject({ created: 16 });
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(110);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(alone).toEqual([]);
    expect(checkEstate(table.items())).toEqual([]);
  });
  it('under one key are not applied anew when the worker dies before it can count them', async () => {
    const twice = bookCsv([
      { 'Asset Tag': 'SKY-1', Holder: 'Astrid' },
      { 'Asset Tag': 'SKY-1', Holder: 'Ingrid' },
    ]);
    const states = [];
    for (const dies of [false, true]) {
      const { table, rig } = await planned(twice);
      const { transact } = table;
      table.transact = async (writes) => {
        if (!dies || !writes.some((write) => 'put' in write && write.put.e === 'chunk')) return transact(writes);
        table.transact = transact;
        throw new Error('the worker dies');
      };
      if (dies) await expect(rig.work()).rejects.toThrow('dies');
      await rig.work();
      states.push(digestOf(table.items(), { versions: true }));
    }
    expect(states[1]).toEqual(states[0]);
  });
  it('become what the table sees happen: made and changed in one batch is made', async () => {
    const { table, stream } = tableWithStream();
    const rig = importRig(table);
    const twice = [
      { 'Asset Tag': 'SKY-1', 'Serial Number': 'SKYW42' },
      { 'Asset Tag': 'SKY-2', 'Serial Number': 'SKYW42', Status: 'Retired' },
    ];
    await rig.importFile('register', 'a.csv', bookCsv(twice));
    const { events } = await relayed(table, stream);
    // The source was not known before this file.
    expect(events.map(({ type }) => type)).toEqual(['SourceRegistered', 'AssetCreated', 'ImportCompleted']);
    expect(events[1]?.detail.data).toMatchObject({ status: 'retired' });
    const changes = [
      { 'Asset Tag': 'SKY-1', 'Serial Number': 'SKYW42', Status: 'Lost' },
      { 'Asset Tag': 'SKY-2', 'Serial Number': 'SKYW42', Status: 'Lost', Holder: 'Astrid' },
    ];
    const from = stream.length;
    await rig.importFile('register', 'b.csv', bookCsv(changes));
    const told = (await relayed(table, stream.slice(from))).events;
    expect(told.map(({ type }) => type)).toEqual(['AssetStatusChanged', 'ImportCompleted']);
    expect(told[0]?.detail.data).toMatchObject({ status: 'lost', previousStatus: 'retired' });
  });
  it('are told anew when what they were decided by was not written', async () => {
    const { table, rig, runId } = await planned(host);
    const same = (recordIndex: number) => {
      const record = discovered({ recordIndex });
      return { record, print: fingerprintOf(record, digest) };
    };
    const { run } = await rig.read(runId);
    await putLines(rig.data.store, runFiles(run).chunk(0), [same(0), same(1)]);
    const { transact } = table;
    table.transact = async (writes) => {
      table.transact = transact;
      await importRig(table).importFile('probe', 'a', agentJson({ name: 'sky-lt-1', macs: ['a4:bb:6d:00:00:01'] }));
      return transact(writes);
    };
    await rig.work();
    const [first, second] = (await rig.read(runId)).records;
    expect(first).toMatchObject({ outcome: 'linked', matchedBy: { rule: 'permanent-mac' } });
    expect(second?.ciId).toBe(first?.ciId);
  });
  it('are one record when their source calls them alike: the later one of the file counts', async () => {
    const table = memoryTable();
    const twice = bookCsv([
      { 'Asset Tag': 'SKY-1', Holder: 'Astrid' },
      { 'Asset Tag': 'SKY-2', Holder: 'Mikael' },
      { 'Asset Tag': 'sky-1', Holder: 'Ingrid' },
    ]);
    const { run, records } = await importRig(table).importFile('register', 'a.csv', twice);
    expect(run.counts).toMatchObject({ created: 2, updated: 1 });
    expect(records[2]?.warnings.map(({ code }) => code)).toContain('repeated-key');
    expect(digestOf(table.items()).filter((line) => line.includes('"holder":"Ingrid"'))).toHaveLength(1);
    expect(digestOf(table.items()).filter((line) => line.includes('"holder":"Astrid"'))).toHaveLength(0);
  });
});
