import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { showAsset } from '../../domain/asset/asset-view.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import type { Item } from '../../functions/store/table.ts';
import { startFleet } from '../support/fleet.ts';
import { memoryTable } from '../support/memory-table.ts';

const edits = fc.array(fc.record({ asset: fc.nat(2), notes: fc.constantFrom('a', 'b', 'c') }), { maxLength: 20 });
const jitters = fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 1, maxLength: 5 });

/** Three assets, edited in turn, and every version of them in the order in which it was written. */
const live = async (sequence: readonly { asset: number; notes: string }[], jitter: readonly number[]) => {
  const table = memoryTable();
  const written: Item[] = [];
  const recording = {
    ...table,
    transact: async (writes: Parameters<typeof table.transact>[0]) => {
      await table.transact(writes);
      written.push(...writes.flatMap((write) => ('put' in write && write.put.e === 'asset' ? [write.put] : [])));
    },
  };
  let rest = 0;
  const fleet = startFleet(recording, (n) => n * 1000 + (jitter[n % jitter.length] ?? 0) + rest);
  const ids = [await fleet.asset({ notes: '0' }), await fleet.asset({ notes: '0' }), await fleet.asset({ notes: '0' })];
  for (const { asset, notes } of sequence) {
    const assetId = ids[asset] ?? '';
    const { version } = await fleet.getAsset(assetId);
    await fleet.ask('editAsset', { path: { assetId }, body: { notes }, headers: { 'if-match': `"v${version}"` } });
  }
  // Who reads comes later than everything that was written, by any clock: a moment still to come is refused.
  rest = 60_000;
  return { ...fleet, ids, written };
};

const atOf = ({ c }: Item): string => (c as { at: string }).at;

describe('asOf', () => {
  it('equals a replay of what was written up to then, and the present now', async () => {
    await fc.assert(
      fc.asyncProperty(edits, jitters, async (sequence, jitter) => {
        const { call, ids, written, getAsset } = await live(sequence, jitter);
        const moments = [...new Set(written.map(atOf))].flatMap((at) => [
          new Date(Date.parse(at) - 1).toISOString(),
          at,
        ]);
        for (const assetId of ids) {
          for (const asOf of moments) {
            const replayed = written.filter((item) => item.pk.endsWith(assetId) && atOf(item) <= asOf).at(-1);
            const { status, body } = await call('getAsset', { path: { assetId }, query: { asOf } });
            if (replayed === undefined) expect(status).toBe(404);
            else expect(body).toEqual(showAsset(assetEntity.fromItem(replayed)));
          }
          const present = await getAsset(assetId);
          const latest = moments.at(-1) ?? '';
          if (present.updatedAt <= latest) expect(await getAsset(assetId, { asOf: latest })).toEqual(present);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('needs no history for the present, of any record', async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (sequence) => {
        const { call, ids, table, getAsset } = await live(sequence, [0]);
        for (const { pk, sk, e, v } of table.items()) {
          if (e === 'history') await table.writeEach([{ remove: { pk, sk }, expect: v }]);
        }
        for (const assetId of ids) {
          const present = await getAsset(assetId);
          expect((await call('getAsset', { path: { assetId }, query: { asOf: present.updatedAt } })).body).toEqual(
            present,
          );
        }
      }),
      { numRuns: 15 },
    );
  });
});
