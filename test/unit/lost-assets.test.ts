import { describe, expect, it } from '@jest/globals';
import type { PublishedEvent } from '../../functions/bus/event-bus.ts';
import { startApp } from '../support/app.ts';
import { agentJson } from '../support/import-fleet.ts';
import { discovered } from '../support/import-records.ts';
import { relayed, tableWithStream } from '../support/import-relay.ts';
import { importRig } from '../support/import-rig.ts';

const machine = { name: 'sky-lt-1', serial: 'LOST0001', macs: ['a4:bb:6d:00:0a:01'], os: 'Debian 12' };

const world = async () => {
  const { table, stream } = tableWithStream();
  const app = startApp(
    table,
    (requests) => Date.parse('2026-11-23T00:00:00.000Z') - Date.parse('2026-01-01T00:00:00.000Z') + requests * 1000,
  );
  const rig = importRig(table);
  let files = 0;
  const report = (more: object = {}, storedAt = '2026-11-30T06:00:00.000Z', source = 'agents') => {
    files += 1;
    return rig.importFile(source, `f${files}`, agentJson({ ...machine, ...more }), {}, storedAt);
  };
  const { records } = await report({}, '2026-11-20T06:00:00.000Z');
  const assetId = records[0]?.assetId ?? '';
  const lose = (to = 'stolen') => app.call('transitionAsset', { path: { assetId }, body: { to } });
  let told = 0;
  const relay = async () => {
    const found: PublishedEvent[] = [];
    while (told < stream.length) {
      const changes = stream.slice(told);
      told = stream.length;
      found.push(...(await relayed(table, changes)).events);
    }
    return found.filter(({ type }) => type === 'LostAssetSeen').map(({ detail }) => detail);
  };
  const sightings = async (query: Record<string, string> = {}) =>
    (await app.call('listAssetSightings', { path: { assetId }, query })).body;
  return { ...app, rig, report, assetId, lose, relay, sightings, files: () => files };
};

describe('a lost asset', () => {
  it('that reports again is told of, also when its record says nothing new, once a run', async () => {
    const { report, lose, relay, sightings, assetId } = await world();
    await lose();
    await relay();
    const { run } = await report();
    expect(run.counts).toMatchObject({ unchanged: 1 });
    const [event, ...more] = await relay();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ data: { assetId, status: 'stolen', source: 'agents', runId: run.runId } });
    const changed = await report({ os: 'Debian 13' }, '2026-12-01T06:00:00.000Z');
    expect(changed.run.counts).toMatchObject({ updated: 1 });
    expect(await relay()).toHaveLength(1);
    const { items } = await sightings();
    expect(items.map(({ runId }: { runId: string }) => runId)).toEqual([changed.run.runId, run.runId]);
    const first = await sightings({ limit: '1' });
    expect((await sightings({ limit: '1', cursor: first.nextCursor })).items).toEqual([items[1]]);
  });
  it('that a plan sees is told of when the plan is carried out, though its record says nothing new', async () => {
    const { rig, lose, relay, assetId } = await world();
    await lose();
    await relay();
    const runId = await rig.plan(
      rig.put('agents', 'p', agentJson(machine), { mode: 'plan' }, '2026-11-30T06:00:00.000Z'),
    );
    await rig.work();
    expect((await rig.read(runId)).run).toMatchObject({ status: 'planned', counts: { records: 1, unchanged: 1 } });
    expect(await relay()).toEqual([]);
    await rig.startApplying(runId);
    rig.messages.push({ tenant: 'skyways', runId, phase: 'records', chunk: 0 });
    await rig.work();
    expect((await rig.read(runId)).run).toMatchObject({ status: 'completed', counts: { records: 1, unchanged: 1 } });
    expect(await relay()).toMatchObject([{ data: { assetId, runId } }]);
  });
  it('that a scan of the network sees tells where', async () => {
    const { rig, lose, relay, assetId } = await world();
    await lose('lost');
    await relay();
    const { assetKind: _kind, ...plain } = discovered();
    const seen = {
      ...plain,
      ...{ nativeKey: 'x', partial: true, nature: 'unknown' as const, ciClass: 'unmanaged' as const, sections: {} },
      identifiers: [
        { type: 'mac' as const, value: machine.macs[0] ?? '' },
        { type: 'ip' as const, value: '10.9.8.7' },
      ],
      observedAt: '2026-11-23T05:00:00.000Z',
      seenAt: [{ device: 'sw-arn-1', port: 'Gi1/0/7' }],
    };
    await rig.importRecords('nmap', 'a', [seen, { ...seen, nativeKey: 'y' }]);
    const [event, ...more] = await relay();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ data: { assetId, addresses: ['10.9.8.7'], places: [{ device: 'sw-arn-1' }] } });
  });
  it('is not told of by a file from before it was lost, by an asset book, or once it is found', async () => {
    const { report, lose, relay, rig, call, assetId } = await world();
    await lose();
    await relay();
    await report({ os: 'Debian 13' }, '2026-11-21T06:00:00.000Z');
    await rig.importFile(
      'register',
      'b.csv',
      'Asset Tag,Serial Number\nSKY-1,LOST0001\n',
      {},
      '2026-12-02T06:00:00.000Z',
    );
    expect(await relay()).toEqual([]);
    await call('transitionAsset', { path: { assetId }, body: { to: 'deployed' } });
    await relay();
    await report({ os: 'Debian 14' }, '2026-12-03T06:00:00.000Z');
    expect(await relay()).toEqual([]);
  });
  it('told of by a worker that dies and comes again is told of once', async () => {
    const { lose, relay, rig } = await world();
    await lose();
    await relay();
    const event = rig.put('agents', 'again', agentJson(machine), {}, '2026-11-30T06:00:00.000Z');
    await Promise.all([rig.plan(event), rig.plan(event)]);
    await rig.plan(event);
    expect(await relay()).toHaveLength(1);
  });
});

describe('what nobody has lost', () => {
  it('costs one query a run, and no write', async () => {
    const cost = async (machines: number) => {
      const { table } = tableWithStream();
      const queries: string[] = [];
      let writes = 0;
      const rig = importRig(table, {
        table: (inner) => ({
          ...inner,
          query: (query) => {
            queries.push(query.pk);
            return inner.query(query);
          },
          writeEach: (puts) => {
            writes += puts.length;
            return inner.writeEach(puts);
          },
        }),
        store: (inner) => inner,
        queue: async () => {},
      });
      const fleet = JSON.stringify(
        Array.from({ length: machines }, (_, n) =>
          JSON.parse(agentJson({ ...machine, name: `a${n}`, serial: `FLT${1000 + n}`, macs: [] })),
        ),
      );
      await rig.importFile('agents', 'a', fleet);
      queries.length = 0;
      writes = 0;
      const { run } = await rig.importFile('agents', 'b', fleet);
      return { unchanged: run.counts.unchanged, queries, writes };
    };
    const [few, many] = [await cost(2), await cost(120)];
    expect([few.unchanged, many.unchanged]).toEqual([2, 120]);
    const lost = (queries: readonly string[]) => queries.filter((pk) => pk === 'skyways#lost-assets');
    expect([lost(few.queries), lost(many.queries)]).toEqual([['skyways#lost-assets'], ['skyways#lost-assets']]);
    expect(few.writes).toBe(many.writes);
  });
});
