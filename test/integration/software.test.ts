import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countSoftware } from '../../functions/aggregate/count-software.ts';
import type { ShardChange } from '../../functions/aggregate/shard-change.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { signedDocumentCalls } from '../../functions/store/document-calls-signed.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { quiet } from '../support/health-stream.ts';
import { agentJson } from '../support/import-fleet.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';
import { allProducts } from '../support/software-world.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

const machines = 100;
const catalogue = 500;
const each = 300;

/** An estate of laptops, imported; what its stream brings of CIs, in order. */
const fleet = () => {
  const stream: ShardChange[] = [];
  let sequence = 0;
  const at = '2026-06-01T00:00:00.000Z';
  const table = memoryTable((before, after) => {
    sequence += 1;
    if (after?.e === ciEntity.name) stream.push({ sequence: String(sequence), at, before, after });
  });
  const rig = importRig(table);
  let files = 0;
  /** Software `first` and what follows; `patched` of it in another edition, which is another product. */
  const report = async (n: number, patched = 0) => {
    files += 1;
    const software = Array.from({ length: each }, (_, m) => {
      const name = `Product ${(n * 7 + m) % catalogue}`;
      return m < patched ? `${name} Plus` : name;
    });
    const seenAt = `2026-05-${String(1 + Math.floor(files / machines)).padStart(2, '0')} 06:00:00`;
    await rig.importFile('glpi', `${files}`, agentJson({ name: `lt-${n}`, serial: `SKYLT${n}`, software, seenAt }));
    return stream.splice(0);
  };
  return { rig, report };
};

describe('software counted on DynamoDB', () => {
  it('costs two units a product once, and one for each slot that a batch touches: two a laptop of 300 products in a batch of a hundred', async () => {
    const { rig, report } = fleet();
    const batch: ShardChange[] = [];
    for (let n = 0; n < machines; n += 1) batch.push(...(await report(n)));
    const table = await dynamo.emptyTable(signedDocumentCalls);
    const data = rig.data.store;
    const spent = async (changes: readonly ShardChange[]) => {
      const before = table.meter.writeUnits;
      await countSoftware({ table, data, log: quiet }, 'shard-1', changes);
      return table.meter.writeUnits - before;
    };
    const first = await spent(batch);
    const known = 2 * catalogue;
    expect((first - known) / machines).toBeLessThan(2);
    expect(await spent(batch)).toBe(0);
    const products = await allProducts(table, { limit: '100' });
    expect(products).toHaveLength(catalogue);
    expect(products.reduce((sum, { installs }) => sum + installs, 0)).toBe(machines * each);
    expect(products[0]?.versions).toEqual([{ version: '1.0', installs: products[0]?.installs }]);

    const patched: ShardChange[] = [];
    for (let n = 0; n < machines; n += 1) patched.push(...(await report(n, 10)));
    const second = await spent(patched);
    expect((second - known) / machines).toBeLessThan(3);
    const plus = (await allProducts(table, { limit: '100' })).filter(({ name }) => name.endsWith('Plus'));
    expect(plus.reduce((sum, { installs }) => sum + installs, 0)).toBe(machines * 10);
    const alone = await report(1);
    const third = await spent(alone);
    expect(third).toBeLessThanOrEqual(2 * 10 + 1);
  });
});
