import { describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../../domain/import/fingerprint.ts';
import { applyChunk } from '../../functions/apply-import/apply-chunk.ts';
import { handleChunks } from '../../functions/apply-import/handler.ts';
import { putLines } from '../../functions/objects/ndjson.ts';
import { runFiles } from '../../functions/plan-import/chunk-line.ts';
import { digest } from '../../functions/shared/digest.ts';
import type { Table } from '../../functions/store/table.ts';
import { checkEstate } from '../support/import-check.ts';
import { agentJson } from '../support/import-fleet.ts';
import { discovered } from '../support/import-records.ts';
import { importRig, rigTenant } from '../support/import-rig.ts';
import { digestOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';

const host = agentJson({
  name: 'cph-hv-1',
  serial: 'HOST0001',
  guests: [
    { name: 'guest-1', uuid: '7d3c2b1a-0000-4000-8000-000000000011' },
    { name: 'guest-2', uuid: '7d3c2b1a-0000-4000-8000-000000000012' },
  ],
});
const planned = async (content: string, table = memoryTable(), metadata = {}) => {
  const rig = importRig(table);
  const runId = await rig.plan(rig.put('glpi', 'a', content, metadata));
  return { table, rig, runId };
};

describe('a chunk', () => {
  it('is applied once, however often its message comes', async () => {
    const { table, rig, runId } = await planned(host);
    const [message] = rig.messages;
    if (message === undefined) throw new Error('no work');
    await applyChunk(rig.context, message);
    const once = digestOf(table.items(), { versions: true });
    await applyChunk(rig.context, message);
    expect(digestOf(table.items(), { versions: true })).toEqual(once);
    expect((await rig.read(runId)).run).toMatchObject({ chunksDone: 1, counts: { records: 3, created: 3 } });
    expect(rig.messages.filter(({ phase }) => phase === 'relations')).toHaveLength(2);
    await rig.work();
    expect((await rig.read(runId)).run).toMatchObject({ status: 'completed', relationsDone: 1 });
  });
  it('that was written but not counted is counted with the same outcomes', async () => {
    const { rig, runId, table } = await planned(host);
    const { transact } = table;
    let marks = 0;
    table.transact = async (writes) => {
      const counts = writes.some((write) => 'put' in write && write.put.e === 'chunk');
      if (counts && marks++ === 0) throw new Error('the worker dies');
      return transact(writes);
    };
    await expect(rig.work()).rejects.toThrow('dies');
    await rig.work();
    const { run, records } = await rig.read(runId);
    expect(run.counts).toMatchObject({ created: 3 });
    expect(records.map(({ outcome, matchedBy }) => [outcome, matchedBy?.rule, matchedBy?.identifiers.length])).toEqual([
      ['created', 'new-by-strong-identifier', 1],
      ['created', 'new-by-strong-identifier', 1],
      ['created', 'new-by-strong-identifier', 1],
    ]);
  });
  it('that two workers apply at once is told by the one who counts it', async () => {
    const { rig, runId } = await planned(host);
    const [message] = rig.messages;
    if (message === undefined) throw new Error('no work');
    const { table } = rig.context;
    let overtaken = false;
    const slow: Table = {
      ...table,
      getMany: async (...args) => {
        if (!overtaken) {
          overtaken = true;
          await applyChunk(rig.context, message);
        }
        return table.getMany(...args);
      },
    };
    await applyChunk({ ...rig.context, table: slow }, message);
    const { records, run } = await rig.read(runId);
    expect(run.counts.created).toBe(3);
    expect(records.every(({ changes = [] }) => changes.length > 0)).toBe(true);
  });
  it('of a run that is gone is nobody’s business', async () => {
    const { rig, runId, table } = await planned(host);
    const key = table.items().find(({ e }) => e === 'run');
    await table.writeEach([{ remove: { pk: key?.pk ?? '', sk: key?.sk ?? '' }, expect: 'any' }]);
    await rig.work();
    expect(table.items().filter(({ e }) => e !== 'source')).toEqual([]);
    await expect(rig.read(runId)).rejects.toThrow('no run');
  });
  it('whose file is missing fails, and is not counted', async () => {
    const { rig, runId } = await planned(host);
    for (const key of rig.data.kept.keys()) if (key.includes('/chunks/')) rig.data.kept.delete(key);
    await expect(rig.work()).rejects.toThrow('is missing');
    expect((await rig.read(runId)).run).toMatchObject({ status: 'applying', chunksDone: 0 });
    expect(rig.messages).toHaveLength(1);
  });
  it('fails alone in its batch of messages', async () => {
    const { rig, runId } = await planned(host);
    const body = (chunk: number | string) => JSON.stringify({ tenant: rigTenant, runId, phase: 'records', chunk });
    const records = [body(0), body('none'), 'no JSON'].map((text, n) => ({
      messageId: `m${n}`,
      body: text,
      eventSource: 'aws:sqs',
    }));
    const answer = await handleChunks(rig.context)({ Records: records } as never, {} as never);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }] });
    expect((await rig.read(runId)).run.chunksDone).toBe(1);
  });
});

describe('one device with more claims than a transaction takes', () => {
  const macs = Array.from({ length: 150 }, (_, n) => `a4:bb:6d:00:00:${n.toString(16).padStart(2, '0')}`);
  const wide = discovered({
    identifiers: [{ type: 'serial', value: 'WIDE0001' }, ...macs.map((value) => ({ type: 'mac' as const, value }))],
  });
  const begin = async () => {
    const { table, rig, runId } = await planned(agentJson({ name: 'sw-1', serial: 'WIDE0001' }));
    const { run } = await rig.read(runId);
    await putLines(rig.data.store, runFiles(run).chunk(0), [{ record: wide, print: fingerprintOf(wide, digest) }]);
    return { table, rig, runId };
  };

  it('is written with the claims that name it best, and known by each of them', async () => {
    const { table, rig, runId } = await begin();
    await rig.work();
    expect((await rig.read(runId)).run).toMatchObject({ status: 'completed', counts: { created: 1 } });
    expect(table.items().filter(({ e, pk }) => e === 'claim' && pk.includes('#mac#'))).toHaveLength(150);
    const { records } = await rig.importFile('other', 'b', agentJson({ name: 'unknown', macs: [macs[149] ?? ''] }));
    expect(records[0]).toMatchObject({ outcome: 'linked', matchedBy: { rule: 'permanent-mac' } });
    expect(checkEstate(table.items())).toEqual([]);
  });
  it('ends the same when the worker dies between its two steps', async () => {
    const whole = await begin();
    await whole.rig.work();
    const { table, rig, runId } = await begin();
    const { transact } = table;
    table.transact = async (writes) => {
      if (!writes.some((write) => 'put' in write && write.put.e === 'asset')) return transact(writes);
      table.transact = transact;
      throw new Error('the worker dies');
    };
    await expect(rig.work()).rejects.toThrow('dies');
    expect(table.items().filter(({ e }) => e === 'claim').length).toBeGreaterThan(50);
    expect(checkEstate(table.items())).not.toEqual([]);
    await rig.work();
    expect(digestOf(table.items(), { versions: true })).toEqual(digestOf(whole.table.items(), { versions: true }));
    expect((await rig.read(runId)).run.counts).toMatchObject({ created: 1 });
  });
});
