import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { assetEntity } from '../../functions/assets/entity.ts';
import { defineOperation, needsIdempotencyKey, needsIfMatch } from '../../functions/http/operation.ts';
import { serve } from '../../functions/http/serve.ts';
import { allOperations } from '../../functions/platform/all-operations.ts';
import { createLog } from '../../functions/shared/log.ts';
import { WriteConflict } from '../../functions/store/table.ts';
import { type OperationName, type Request, startApp } from '../support/app.ts';
import { memoryTable } from '../support/memory-table.ts';
import { requests } from '../support/requests.ts';

const all = Object.entries(requests) as [OperationName, Request][];
const declared = (name: string) => allOperations.find(({ id }) => id === name);

describe('preconditions', () => {
  const changing = all.filter(([name]) => needsIfMatch(declared(name) ?? { route: 'GET /' }));

  it.each(changing)('%s: 428 without If-Match, 412 with something else', async (name, request) => {
    const { call } = startApp();
    expect((await call(name, { ...request, headers: { 'if-match': null } })).status).toBe(428);
    for (const tag of ['*', 'W/"v1"', '"v1", "v2"', 'v1', '""']) {
      expect((await call(name, { ...request, headers: { 'if-match': tag } })).status).toBe(412);
    }
  });

  it('lets the version read be changed and no other', async () => {
    const { call } = startApp();
    const made = await call('createAsset', { body: {} });
    const path = { assetId: made.body.assetId };
    const edit = (tag: string, notes: string) =>
      call('editAsset', { path, body: { notes }, headers: { 'if-match': tag } });
    expect((await edit('"v2"', 'future')).status).toBe(412);
    const edited = await edit(String(made.headers.etag), 'now');
    expect(edited.headers.etag).toBe('"v2"');
    expect((await edit('"v1"', 'late')).status).toBe(412);
    expect((await call('getAsset', { path })).body.notes).toBe('now');
  });

  it('lets one of eight parallel writers of a version win, and tells the others', async () => {
    const { call } = startApp();
    const path = { assetId: (await call('createAsset', { body: {} })).body.assetId };
    const writers = Array.from({ length: 8 }, (_, n) =>
      call('editAsset', { path, body: { notes: `writer ${n}` }, headers: { 'if-match': '"v1"' } }),
    );
    const statuses = (await Promise.all(writers)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
    expect((await call('getAsset', { path })).body.version).toBe(2);
  });

  it('never loses a transition of eight that race without a version: done, refused as illegal, or told to try again', async () => {
    const { call } = startApp();
    const path = { assetId: (await call('createAsset', { body: {} })).body.assetId };
    const moves = ['deployed', 'lost', 'in-repair', 'retired', 'stolen', 'in-stock', 'deployed', 'lost'];
    const answers = await Promise.all(moves.map((to) => call('transitionAsset', { path, body: { to } })));
    const done = answers.filter(({ status }) => status === 200);
    expect(answers.every(({ status }) => [200, 409, 429].includes(status))).toBe(true);
    expect(done.length).toBeGreaterThan(0);
    expect((await call('getAsset', { path })).body.version).toBe(1 + done.length);
  });
});

describe('transactions that merely collide', () => {
  const colliding = (times: number) => {
    const table = memoryTable();
    let left = times;
    const transact: typeof table.transact = (writes) => {
      left -= 1;
      return left < 0 ? table.transact(writes) : Promise.reject(new WriteConflict([]));
    };
    return startApp({ ...table, transact });
  };

  it('are tried again, and given up as 429 after four times', async () => {
    expect((await colliding(3).call('createAsset', { body: {} })).status).toBe(201);
    expect((await colliding(4).call('createAsset', { body: {} })).status).toBe(429);
  });
});

describe('Idempotency-Key', () => {
  const posting = all.filter(([name]) => needsIdempotencyKey(declared(name) ?? { route: 'GET /' }));

  it.each(posting)('%s: refused without one', async (name, request) => {
    const { call } = startApp();
    for (const key of [null, ' ', 'k'.repeat(256)]) {
      const answer = await call(name, { ...request, headers: { 'idempotency-key': key } });
      expect([answer.status, answer.body.type]).toEqual([400, 'urn:hangar:problem:idempotency-key-required']);
    }
  });

  it('gives the same answer again, does nothing twice, and refuses another request', async () => {
    const { call, table } = startApp();
    const headers = { 'idempotency-key': 'once' };
    const [first, second] = await Promise.all([1, 2].map(() => call('createAsset', { body: { name: 'x' }, headers })));
    expect(first?.status).toBe(201);
    expect(second?.body).toEqual(first?.body);
    expect([first, second].filter((one) => one?.headers['idempotency-replayed'] === 'true')).toHaveLength(1);
    expect(second?.headers.etag).toBe('"v1"');
    expect(table.items().filter(({ e }) => e === 'asset')).toHaveLength(1);
    const other = await call('createAsset', { body: { name: 'y' }, headers });
    expect([other.status, other.body.type]).toEqual([422, 'urn:hangar:problem:idempotency-key-reused']);
    const someoneElse = await call('createAsset', { body: { name: 'y' }, headers, subject: 'ada' });
    expect(someoneElse.status).toBe(201);
  });
});

describe('what is not as agreed', () => {
  it('points at every fault of a request at once', async () => {
    const { call } = startApp();
    const answer = await call('editAsset', {
      path: { assetId: 'x' },
      query: { force: '1' },
      body: { 'a/b': 1, seats: -1 },
      headers: { 'if-match': '"v1"' },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '#/body/a~1b',
      '#/body/seats',
      '#/path/assetId',
      '#/query/force',
    ]);
    expect((await call('createAsset', { body: '{"name": ' })).body.errors[0].pointer).toBe('#/body');
    expect((await call('createAsset', {})).body.errors[0].pointer).toBe('#/body');
    expect((await call('createAsset', { body: { notes: 'x'.repeat(1_000_001) } })).status).toBe(413);
    for (const limit of ['0', '101', 'x', '1.5', '']) {
      expect((await call('listAssets', { query: { limit } })).body.errors[0].pointer).toBe('#/query/limit');
    }
  });

  it('refuses cursors that were edited, or come from another tenant, list or filter', async () => {
    const { call } = startApp();
    for (const name of ['a', 'b', 'c']) {
      await call('createAsset', { body: { name } });
      await call('createCi', { body: { class: 'server', name } });
    }
    const cursor = (await call('listAssets', { query: { limit: '1' } })).body.nextCursor as string;
    const attempt = async (name: OperationName, query: Record<string, string>, tenant?: string) =>
      (await call(name, { query: { limit: '1', ...query }, tenant })).status;
    expect(await attempt('listAssets', { cursor })).toBe(200);
    const flipped = `${cursor[0] === 'A' ? 'B' : 'A'}${cursor.slice(1)}`;
    for (const bad of [flipped, cursor.slice(0, -1), cursor.split('.')[0] ?? '', 'x.y', '.']) {
      expect(await attempt('listAssets', { cursor: bad })).toBe(400);
    }
    expect(await attempt('listAssets', { cursor }, 'rivals')).toBe(400);
    expect(await attempt('listCis', { cursor })).toBe(400);
    expect(await attempt('listAssets', { cursor, status: 'in-stock' })).toBe(400);
    expect(await attempt('listAssets', { cursor, limit: '2' })).toBe(200);
  });

  it('is our own fault, a 500 that says nothing, when a stored row is corrupt', async () => {
    const { call, table, logged } = startApp();
    const made = await call('createAsset', { body: { name: 'secret name' } });
    const path = { assetId: made.body.assetId };
    const item = table.items().find(({ e }) => e === 'asset');
    if (item === undefined) throw new Error('no asset was stored');
    for (const broken of [
      { ...item, d: { ...(item.d as object), status: 'flying' } },
      { ...item, e: 'ci' },
      { ...item, d: 7 },
    ]) {
      table.put(broken);
      for (const name of ['getAsset', 'listTransitions', 'listAssets'] as const) {
        const answer = await call(name, name === 'listAssets' ? {} : { path });
        expect([answer.status, answer.body.type]).toEqual([500, 'urn:hangar:problem:internal']);
        expect(JSON.stringify(answer.body)).not.toContain('flying');
      }
    }
    expect(logged.some((line) => line.includes('corrupt asset'))).toBe(true);
    expect(() => assetEntity.fromItem({ ...item, e: 'ci' })).toThrow('corrupt asset');
  });

  it('is our own fault too when an answer breaks our contract', async () => {
    const table = memoryTable();
    const getThing = defineOperation({
      id: 'getThing',
      route: 'GET /thing',
      summary: 'A thing',
      permission: 'public',
      success: { status: 200, schema: z.strictObject({ size: z.int() }) },
      problems: [],
    });
    const answers = async (size: number) => {
      const context = { table, log: createLog({}, () => {}), cursorSecret: '', clock: () => new Date(0) };
      const handler = serve({ getThing }, { getThing: async () => ({ size }) }, context);
      const event = { routeKey: 'GET /thing', headers: {}, requestContext: { requestId: 'r' } };
      return ((await handler(event as never, {} as Context)) as APIGatewayProxyStructuredResultV2).statusCode;
    };
    expect(await answers(1)).toBe(200);
    expect(await answers(1.5)).toBe(500);
  });
});
