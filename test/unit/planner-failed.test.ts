import { describe, expect, it } from '@jest/globals';
import type { Context, SQSEvent } from 'aws-lambda';
import { startApply } from '../../domain/import/stored-run.ts';
import { handleDeadUploads } from '../../functions/fail-planning/handler.ts';
import { jsonFormats } from '../../functions/imports/formats/json-formats.ts';
import { registerFormats } from '../../functions/imports/formats/register-formats.ts';
import { callOf, goOn } from '../../functions/plan-import/go-on.ts';
import { planImport } from '../../functions/plan-import/plan.ts';
import { readUpload, shareOf } from '../../functions/plan-import/upload.ts';
import { agentJson, bookCsv } from '../support/import-fleet.ts';
import { importRig, rigTenant, type UploadEvent } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';
import { zipOf } from '../support/zip.ts';

const book = bookCsv([{ 'Asset Tag': 'SKY-1000', 'Serial Number': 'SKYW42' }]);
const laptop = agentJson({ name: 'sky-lt-1', serial: 'SKYW42' });
const names = ['plan-import', 'plan-registers', 'plan-documents'] as const;
type Name = (typeof names)[number];

const uploadOf = (event: UploadEvent) => {
  const upload = readUpload(event, rigTenant);
  if (upload === undefined) throw new Error('not an upload');
  return upload;
};

const world = () => {
  const table = memoryTable();
  const rig = importRig(table);
  const { context } = rig;
  const handle = handleDeadUploads(
    { ...context, homeTenant: rigTenant },
    names.map((name) => `${name}=arn:dead:${name}`).join(' '),
  );
  /** What lies in the dead letters of a planner. Gives how many of them could not be dealt with. */
  const giveUp = async (planner: string, body: unknown): Promise<number> => {
    const record = { messageId: 'm', body: JSON.stringify(body), eventSourceARN: `arn:dead:${planner}` };
    const answer = await handle({ Records: [record] } as unknown as SQSEvent, {} as Context);
    return (answer as { batchItemFailures: unknown[] }).batchItemFailures.length;
  };
  const giveUpAll = async (event: UploadEvent) => {
    for (const name of names) expect(await giveUp(name, event)).toBe(0);
  };
  /** A planner that dies on the way, with its run begun. */
  const dieReading = async (event: UploadEvent, registry = registerFormats) => {
    const { getMany } = context.table;
    context.table.getMany = () => Promise.reject(new Error('killed'));
    await expect(planImport(context, registry, uploadOf(event))).rejects.toThrow('killed');
    context.table.getMany = getMany;
  };
  const runOf = async (event: UploadEvent) => (await rig.read(uploadOf(event).runId)).run;
  return { rig, table, giveUp, giveUpAll, dieReading, runOf };
};

describe('an upload whose planner was given up', () => {
  it('before any had begun a run gets one that has failed, once, and says what to do; it cannot be applied', async () => {
    const { rig, table, giveUpAll, runOf } = world();
    const event = rig.put('register', 'a.csv', book);
    await giveUpAll(event);
    const run = await runOf(event);
    expect(run).toMatchObject({
      status: 'failed',
      source: 'register',
      objectKey: 'discovery/register/a.csv',
      problem: { code: 'planner-failed' },
    });
    expect(run.problem?.detail).toMatch(/plan-import .*upload the file again/);
    expect(table.items().map(({ e, v, c }) => [e, v, (c as { type?: string } | undefined)?.type])).toEqual([
      ['run', 1, 'ImportFailed'],
    ]);
    expect(() => startApply(run)).toThrow('there is nothing to go on with');
    await rig.plan(rig.put('register', 'b.csv', book));
    expect(await runOf(event)).toEqual(run);
  });

  it('is planned after all when it is told of again, as its metadata asks, by whom it belongs to', async () => {
    const { rig, giveUpAll, runOf } = world();
    const event = rig.put('register', 'a.csv', book);
    await giveUpAll(event);
    await rig.plan(event);
    expect(await runOf(event)).toMatchObject({ status: 'applying', mode: 'apply', format: 'csv', chunks: 1 });
    await rig.work();
    const run = await runOf(event);
    expect(run).toMatchObject({ status: 'completed', counts: { created: 1 } });
    expect(run).not.toHaveProperty('problem');
    await giveUpAll(event);
    expect(await runOf(event)).toEqual(run);
  });

  it('while it read the file has failed for its own planner, not for the others, and comes to life again', async () => {
    const { rig, dieReading, giveUp, runOf } = world();
    const event = rig.put('register', 'a.csv', book);
    await dieReading(event);
    for (const other of ['plan-import', 'plan-documents'] as Name[]) expect(await giveUp(other, event)).toBe(0);
    expect((await runOf(event)).status).toBe('planning');
    // As Lambda hands over what it gives up.
    expect(await giveUp('plan-registers', { version: '1.0', requestPayload: event, responsePayload: {} })).toBe(0);
    const failed = await runOf(event);
    expect(failed).toMatchObject({ status: 'failed', format: 'csv', problem: { code: 'planner-failed' } });
    expect(() => startApply(failed)).toThrow('there is nothing to go on with');
    await rig.plan(event);
    const run = await runOf(event);
    expect(run).toMatchObject({ status: 'applying', chunks: 1 });
    expect(run).not.toHaveProperty('problem');
    expect(run).not.toHaveProperty('finishedAt');
    expect(rig.messages).toHaveLength(1);
  });

  it('though a second delivery of it is being planned is that of the second', async () => {
    const { rig, dieReading, giveUp, runOf } = world();
    const event = rig.put('register', 'a.csv', book);
    await dieReading(event);
    const { getMany } = rig.context.table;
    let status = '';
    rig.context.table.getMany = async (...given) => {
      rig.context.table.getMany = getMany;
      await giveUp('plan-registers', event);
      status = (await runOf(event)).status;
      return getMany(...given);
    };
    await planImport(rig.context, registerFormats, uploadOf(event));
    expect([status, (await runOf(event)).status, rig.messages.length]).toEqual(['failed', 'applying', 1]);
  });

  it('when its chunks were cut, and nobody could be asked to apply them, goes on by hand', async () => {
    const { rig, giveUp, runOf } = world();
    const event = rig.put('register', 'a.csv', book);
    const { send } = rig.context.queue;
    rig.context.queue.send = () => Promise.reject(new Error('no queue'));
    await expect(rig.plan(event)).rejects.toThrow('no queue');
    rig.context.queue.send = send;
    await giveUp('plan-import', event);
    expect((await runOf(event)).status).toBe('applying');
    await giveUp('plan-registers', event);
    const failed = await runOf(event);
    expect(failed.problem?.detail).toContain(`POST /imports/${failed.runId}/apply`);
    expect(startApply(failed)).toMatchObject({ status: 'applying', chunks: 1 });
  });

  it('once it had called for another planner is the work of that one, who may be given up too', async () => {
    const { rig, giveUp, runOf } = world();
    const event = rig.put(
      'register',
      'a.csv',
      bookCsv(Array.from({ length: 900 }, (_, n) => ({ 'Asset Tag': `S${n}` }))),
    );
    const upload = uploadOf(event);
    let asked = 0;
    const timeLeft = () => {
      asked += 1;
      return asked > 1 ? 0 : 60_000;
    };
    await planImport({ ...rig.context, timeLeft }, registerFormats, upload);
    const paused = await runOf(event);
    expect(paused).toMatchObject({ status: 'planning', progress: { turns: 1 } });
    await giveUp('plan-registers', event);
    expect((await runOf(event)).status).toBe('planning');
    const { bucket } = event.detail;
    const call = { ...event, detail: { bucket, object: { key: callOf(upload.runId, 1), etag: 'e', sequencer: '1' } } };
    await giveUp('plan-documents', call);
    expect((await runOf(event)).status).toBe('planning');
    await giveUp('plan-registers', call);
    expect((await runOf(event)).status).toBe('failed');
    // Told of again it goes on where it was.
    await planImport(rig.context, registerFormats, upload);
    expect(await runOf(event)).toMatchObject({ status: 'applying', counts: { records: 900 } });
  });

  it('and that could not call for another one has failed', async () => {
    const { rig, giveUp, runOf } = world();
    const event = rig.put(
      'register',
      'a.csv',
      bookCsv(Array.from({ length: 900 }, (_, n) => ({ 'Asset Tag': `S${n}` }))),
    );
    let asked = 0;
    const timeLeft = () => {
      asked += 1;
      return asked > 1 ? 0 : 60_000;
    };
    await planImport({ ...rig.context, timeLeft }, registerFormats, uploadOf(event));
    const run = await runOf(event);
    rig.uploads.kept.delete(callOf(run.runId, 1));
    await giveUp('plan-registers', event);
    expect((await runOf(event)).status).toBe('failed');
    await goOn(rig.context.uploads, uploadOf(event), run);
    expect(rig.uploads.kept.has(callOf(run.runId, 1))).toBe(true);
  });

  it('of a zip that two planners share fails its own share', async () => {
    const { rig, giveUp, runOf } = world();
    const event = rig.put(
      'mixed',
      'a.zip',
      zipOf([
        { name: 'a.json', content: laptop },
        { name: 'b.csv', content: book },
      ]),
    );
    await planImport(rig.context, jsonFormats, uploadOf(event));
    await giveUp('plan-registers', event);
    expect((await runOf(event)).status).toBe('applying');
    const share = shareOf(uploadOf(event), 'registers').runId;
    expect((await rig.read(share)).run).toMatchObject({ status: 'failed', problem: { code: 'planner-failed' } });
    await rig.plan(event);
    expect((await rig.read(share)).run).toMatchObject({ status: 'applying', chunks: 1 });
  });
});

describe('a dead letter', () => {
  it('that names no upload is nobody’s run, and one that cannot be read stays where it is', async () => {
    const { rig, table, giveUp } = world();
    const event = rig.put('register', 'a.csv', book);
    const { object, bucket } = event.detail;
    const other = (key: string) => ({ ...event, detail: { bucket, object: { ...object, key } } });
    expect(await giveUp('plan-import', other('elsewhere/a.csv'))).toBe(0);
    expect(await giveUp('plan-import', other(callOf(uploadOf(event).runId, 1)))).toBe(0);
    expect(await giveUp('plan-import', { some: 'thing' })).toBe(1);
    expect(await giveUp('plan-nothing', event)).toBe(1);
    expect(table.items()).toEqual([]);
  });
});
