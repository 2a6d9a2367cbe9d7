import { describe, expect, it } from '@jest/globals';
import type { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { startApp } from '../support/app.ts';
import { discovered } from '../support/import-records.ts';
import { rigTenant } from '../support/import-rig.ts';
import { estateOf } from '../support/import-state.ts';
import { startUndoWorld } from '../support/undo-world.ts';

const at = (hour: number): string => `2026-05-04T0${hour}:00:00.000Z`;
const { assetKind: _none, ...bare } = discovered({ nativeKey: 'x', nature: 'virtual', ciClass: 'virtual-machine' });

const machine = (name: string, more: Partial<DiscoveryRecord> = {}): DiscoveryRecord => ({
  ...bare,
  nativeKey: name,
  name,
  identifiers: [{ type: 'cloudId', value: `skyways/${name}` }],
  sections: { device: { name } },
  ...more,
});

const host = (name: string, hour: number) => machine(name, { ciClass: 'cloud-resource', observedAt: at(hour) });
const guestOn = (on: string, hour: number) =>
  machine('guest', { observedAt: at(hour), relations: [{ type: 'runs on', direction: 'out', record: on }] });

const world = () => {
  const undoWorld = startUndoWorld();
  const { rig, table, call } = undoWorld;
  const app = startApp(table);
  let files = 0;
  const send = async (source: string, ...records: DiscoveryRecord[]) => {
    files += 1;
    return (await rig.importRecords(source, `f${files}`, records)).run.runId;
  };
  /** As the API lists them: the warnings of each record of a run. */
  const told = async (runId: string, query: Record<string, string> = {}) => {
    const { body, status } = await call('listImportRecords', { runId }, { query });
    expect(status).toBe(200);
    const items = body.items as { recordIndex: number; warnings: { code: string; detail: string }[] }[];
    return new Map(items.map(({ recordIndex, warnings }) => [recordIndex, warnings]));
  };
  const codes = async (runId: string) =>
    [...(await told(runId))].map(([index, warnings]) => [index, ...warnings.map(({ code }) => code)]);
  const ciId = (name: string) =>
    estateOf(table.items()).cis.find(({ value }) => value.identifiers.some((one) => one.endsWith(`|skyways/${name}`)))
      ?.value.ciId ?? '';
  const relate = (body: object) => app.call('createRelationship', { body, tenant: rigTenant });
  const notes = () => [...rig.data.kept.keys()].filter((key) => key.includes('/relations-'));
  return { ...undoWorld, send, told, codes, ciId, relate, notes };
};

describe('a record whose relation', () => {
  it('is written as it says is told nothing of it, and no file is made', async () => {
    const { send, codes, notes } = world();
    const first = await send('agents', host('a', 1), host('b', 1), guestOn('a', 1));
    const moved = await send('agents', host('b', 2), guestOn('b', 2));
    expect(await codes(first)).toEqual([[0], [1], [2]]);
    expect(await codes(moved)).toEqual([[0], [1]]);
    expect(notes()).toEqual([]);
  });

  it('yields to what a person has made is told what stands, and by whom', async () => {
    const { send, told, codes, ciId, relate } = world();
    await send('agents', host('a', 1), host('b', 1), guestOn('a', 1));
    const made = await relate({ type: 'runs on', from: ciId('guest'), to: ciId('b'), replace: true });
    expect(made.status).toBe(201);
    const runId = await send('agents', host('a', 3), guestOn('a', 3));
    expect(await codes(runId)).toEqual([[0], [1, 'relation-kept']]);
    const [warning] = (await told(runId)).get(1) ?? [];
    expect(warning?.detail).toContain(`${ciId('guest')} "runs on" ${ciId('a')} was not written`);
    expect(warning?.detail).toContain(`${ciId('guest')} "runs on" ${ciId('b')} (${made.body.relationshipId}) stands`);
    expect(warning?.detail).toMatch(/made by a person, last written by \S+ at 20/);
    expect(await told(runId, { limit: '1' })).toEqual(new Map([[0, []]]));
    expect((await told(runId, { outcome: 'created' })).size).toBe(0);
  });

  it('was seen by its own source earlier than what stands is told so', async () => {
    const { send, told } = world();
    await send('agents', host('a', 5), host('b', 5), guestOn('b', 5));
    // Another name of the same machine, of an older list.
    const late = { ...guestOn('a', 2), nativeKey: 'guest of a' };
    const runId = await send('agents', host('a', 6), late);
    const [warning] = (await told(runId)).get(1) ?? [];
    expect(warning).toMatchObject({ code: 'relation-kept', detail: expect.stringContaining('which this source saw') });
  });

  it('stands beside that of another source is told which', async () => {
    const { send, told, codes, ciId } = world();
    await send('agents', host('a', 1), guestOn('a', 1));
    const runId = await send('cloud', host('b', 2), guestOn('b', 2));
    expect(await codes(runId)).toEqual([[0], [1, 'relation-doubled']]);
    const [warning] = (await told(runId)).get(1) ?? [];
    expect(warning?.detail).toContain(`"runs on" ${ciId('b')} stands beside ${ciId('guest')} "runs on" ${ciId('a')}`);
    expect(warning?.detail).toContain('which agents says');
  });

  it('waits for its other end is told the name of that, until it is known', async () => {
    const { send, told, codes, rig, notes } = world();
    const relations = [
      { type: 'runs on', direction: 'out', record: 'b' },
      { type: 'depends on', direction: 'out', identifiers: [{ type: 'cloudId', value: 'skyways/store' }] },
    ] as const;
    const guest = machine('guest', { observedAt: at(1), relations: relations.map((one) => ({ ...one })) as never });
    const runId = await send('agents', host('a', 1), guest);
    expect(await codes(runId)).toEqual([[0], [1, 'relation-waits', 'relation-waits']]);
    const details = ((await told(runId)).get(1) ?? []).map(({ detail }) => detail);
    expect(details[0]).toContain('this "runs on" record b of this source');
    expect(details[1]).toContain('cloudId skyways/store');

    await send('agents', host('b', 2));
    rig.messages.push({ tenant: rigTenant, runId, phase: 'relations', chunk: 0 });
    await rig.work();
    expect(await codes(runId)).toEqual([[0], [1, 'relation-waits']]);
    await send('agents', host('store', 3));
    rig.messages.push({ tenant: rigTenant, runId, phase: 'relations', chunk: 0 });
    await rig.work();
    expect(await codes(runId)).toEqual([[0], [1]]);
    expect(notes()).toHaveLength(1);
  });

  it('waits with many others is told the first of them, and how many more', async () => {
    const { send, told } = world();
    const relations = Array.from({ length: 50 }, (_, n) => ({
      ...{ type: 'depends on' as const, direction: 'out' as const },
      record: `gone ${n}`,
    }));
    const runId = await send('agents', machine('guest', { observedAt: at(1), relations }));
    const warnings = (await told(runId)).get(0) ?? [];
    expect(warnings).toHaveLength(21);
    expect(warnings.at(-1)?.detail).toContain('30 more');
  });
});

describe('what is told of relations', () => {
  it('is the same when the chunk is done again after it was interrupted, or twice at once', async () => {
    const { send, codes, rig, table, notes } = world();
    await send('agents', host('a', 1), guestOn('a', 1));
    const { transact } = rig.context.table;
    let isCut = false;
    rig.context.table.transact = (writes) => {
      const counts = JSON.stringify(writes).includes('K#relations');
      if (!counts || isCut) return transact(writes);
      isCut = true;
      return Promise.reject(new Error('killed'));
    };
    await expect(send('cloud', host('b', 2), guestOn('b', 2))).rejects.toThrow('killed');
    const [message] = rig.messages;
    if (message === undefined) throw new Error('the message should still be there');
    // Not counted, not told.
    expect(notes()).toHaveLength(1);
    expect((await codes(message.runId)).flat()).not.toContain('relation-doubled');
    rig.messages.push(message);
    await rig.work();
    expect(await codes(message.runId)).toEqual([[0], [1, 'relation-doubled']]);
    expect(table.items().filter(({ sk }) => String(sk).startsWith('K#relations')).length).toBeGreaterThan(0);
  });

  it('stays with the run when it is undone, and is no part of what undoing says', async () => {
    const { send, codes, told, undo } = world();
    await send('agents', host('a', 1), guestOn('a', 1));
    const runId = await send('cloud', host('b', 2), guestOn('b', 2));
    const before = await codes(runId);
    await undo(runId);
    expect(await codes(runId)).toEqual(before);
    const undone = await told(runId, { phase: 'undo' });
    expect([...undone.values()].flat()).toEqual([]);
    expect(undone.size).toBeGreaterThan(0);
  });
});
