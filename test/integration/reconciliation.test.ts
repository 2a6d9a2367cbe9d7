import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ciEntity } from '../../functions/cis/entity.ts';
import { rulesEntity, rulesId } from '../../functions/reconciliation/entity.ts';
import { relayChanges } from '../../functions/relay/relay.ts';
import { createLog } from '../../functions/shared/log.ts';
import type { Item } from '../../functions/store/table.ts';
import { startApp } from '../support/app.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { twoMinds } from '../support/two-minds.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const rules = [{ class: 'server', attribute: '*', order: ['books', 'discovery'], freshness: 'P365D' }];

describe('reconciliation on the real DynamoDB protocol', () => {
  it('previews every thing once, over all shards, and shows what it said', async () => {
    const table = await dynamo.emptyTable();
    const { call } = startApp(table);
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const items: Item[] = [];
    const { ci } = twoMinds({ put: (item) => void items.push(item) });
    for (const letter of letters) items.push(ciEntity.toItem('skyways', { ...ci, ciId: `ci_${letter.repeat(26)}` }, 1));
    await table.writeEach(items.map((put) => ({ put, expect: 'any' })));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await call('previewReconciliationRules', { body: { rules, limit: 10, cursor } });
      found.push(...body.items.map(({ ciId }: { ciId: string }) => ciId));
      cursor = body.nextCursor;
    } while (cursor !== undefined);
    expect(found.sort()).toEqual([...letters].map((letter) => `ci_${letter.repeat(26)}`));
    const headers = { 'if-match': '"v0"' };
    expect((await call('putReconciliationRules', { body: { rules }, headers })).body.version).toBe(1);
    for (let n = 0; n < 5; n += 1) await call('getHealth');
    expect((await call('getCi', { path: { ciId: ci.ciId } })).body.name).toBe('Crew server');
    const why = (await call('explainCi', { path: { ciId: ci.ciId }, query: { limit: '2' } })).body;
    expect(why.items.map(({ rule }: { rule: { version?: number } }) => rule.version)).toEqual([1, 1]);
    expect(why.nextCursor).toBeDefined();
  });

  it('lets one of many win that replace the rules at once, keeps each version, and tells of it once', async () => {
    const table = await dynamo.emptyTable();
    const { call } = startApp(table);
    const headers = { 'if-match': '"v0"' };
    const eight = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        call('putReconciliationRules', {
          body: { rules: [{ class: 'ci', attribute: '*', order: [`source-${n}`] }], reason: `number ${n}` },
          headers,
        }),
      ),
    );
    expect(eight.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)]);
    const after = (await table.get(rulesEntity.keyOf('skyways', rulesId))) as Item;
    const told: string[] = [];
    const bus = {
      put: async (events: readonly { type: string }[]) => void told.push(...events.map(({ type }) => type)),
    };
    const context = { table, bus, queue: { send: async () => {} }, log: createLog({}, () => {}) };
    await relayChanges(context as Parameters<typeof relayChanges>[0], [{ before: undefined, after }]);
    expect(told).toEqual(['ReconciliationRulesChanged']);
    const [winner] = eight.filter(({ status }) => status === 200);
    const { items } = (await call('listReconciliationRulesHistory')).body;
    expect(items).toMatchObject([{ version: 1, change: { by: 'kim' }, state: { rules: winner?.body.rules } }]);
  });
});
