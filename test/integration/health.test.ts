import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aggregateChanges } from '../../functions/aggregate/handler.ts';
import type { ShardChange } from '../../functions/aggregate/shard-change.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { healthStateEntity } from '../../functions/data-health/entities.ts';
import { signedDocumentCalls } from '../../functions/store/document-calls-signed.ts';
import type { Item, Table } from '../../functions/store/table.ts';
import { startApp } from '../support/app.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { ciNumber } from '../support/graph-world.ts';
import { quiet } from '../support/health-stream.ts';
import { healthCi, said } from '../support/health-world.ts';
import { memoryObjects } from '../support/memory-objects.ts';

const tenant = 'skyways';
const change = { type: 'CiCreated', by: 'source:agent', at: '2026-01-01T00:00:00.000Z', correlationId: 'test' };

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const plain = (item: Item): Item => JSON.parse(JSON.stringify(item));

/** Writes CIs and hands the aggregate function what their stream would bring: them first, then the health that it wrote of them. */
const aggregate = async (table: Table, items: readonly Item[]): Promise<void> => {
  await table.writeEach(items.map((put) => ({ put, expect: 'absent' })));
  const changes = (after: readonly Item[], from: number): ShardChange[] =>
    after.map((one, n) => ({ sequence: String(from + n), at: change.at, before: undefined, after: plain(one) }));
  const run = (records: ShardChange[]) =>
    aggregateChanges({ table, data: memoryObjects().store, log: quiet }, 'shard-1', records);
  await run(changes(items, 1));
  const keys = items.map(({ pk }) => ({ pk, sk: healthStateEntity.key('').sk }));
  const health = changes(await table.getMany(keys), 1000);
  await run(health);
  await run(health);
};

describe('health on DynamoDB', () => {
  it('is judged, listed page by page and counted over the real protocol, for a few units a record', async () => {
    const table = await dynamo.emptyTable(signedDocumentCalls);
    const { call } = startApp(table);
    const headers = { 'if-match': '"v0"' };
    await call('putHealthRule', { path: { ruleId: 'ci-stale' }, body: { change: { enabled: true } }, headers });
    const cis = Array.from({ length: 60 }, (_, n) =>
      ciEntity.toItem(
        tenant,
        healthCi(n, {
          identifiers: [`hostname||gate-${n >> 1}`],
          facets: said({ name: `gate-${n}`, owner: 'kim', supportGroup: 'ramp' }, '2025-10-01T00:00:00.000Z'),
        }),
        1,
        change,
      ),
    );
    const before = table.meter.writeUnits;
    await aggregate(table, cis);
    expect((table.meter.writeUnits - before) / cis.length).toBeLessThan(20);

    const { body: card } = await call('getDataHealth');
    expect(card.records).toBe(60);
    expect(card.classes[0].failing).toEqual([
      { rule: 'ci-environment', records: 60 },
      { rule: 'ci-without-asset', records: 60 },
      { rule: 'ci-stale', records: 60 },
      { rule: 'ci-duplicate', records: 60 },
    ]);
    for (const [rule, query] of [
      ['ci-without-asset', { class: 'computer' }],
      ['ci-stale', {}],
    ] as const) {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const asked = { rule, limit: '17', ...query, ...(cursor === undefined ? {} : { cursor }) };
        const { status, body } = await call('listHealthFailures', { query: asked });
        expect(status).toBe(200);
        found.push(...body.items.map(({ ciId }: { ciId: string }) => ciId));
        cursor = body.nextCursor;
      } while (cursor !== undefined);
      expect(found.sort()).toEqual(cis.map((_, n) => ciNumber(n)).sort());
    }
    const health = (await call('getCiHealth', { path: { ciId: ciNumber(0) } })).body;
    expect(health.failing.map(({ rule }: { rule: string }) => rule)).toContain('ci-duplicate');
  });
});
