import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Binding } from '../../domain/binding/binding.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { bindingEntity } from '../../functions/bindings/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { startFleet } from '../support/fleet.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

type Act = { act: string; a: number; b: number; c: number };

const acts = fc.array(
  fc.record({
    act: fc.constantFrom(
      'bind',
      'swap',
      'swap',
      'swap',
      'take',
      'take',
      'revert',
      'move',
      'relate',
      'close',
      'replace',
    ),
    a: fc.nat(4),
    b: fc.nat(2),
    c: fc.nat(6),
  }),
  { minLength: 8, maxLength: 30, size: 'max' },
);

const statuses = ['in-stock', 'in-repair', 'in-stock', 'in-repair', 'in-stock', 'deployed', 'lost'];

/** Five airframes and three flights, two of them flown, and whatever is done to them; what is refused is refused. The clock may run backwards. */
const play = async (sequence: readonly Act[], jitter: readonly number[]) => {
  const fleet = startFleet(memoryTable(), (n) => n * 1000 + (jitter[n % jitter.length] ?? 0));
  const [assets, cis]: [string[], string[]] = [[], []];
  for (let n = 0; n < 5; n += 1) assets.push(await fleet.asset({ location: `Gate ${n}` }));
  for (let n = 0; n < 3; n += 1) cis.push(await fleet.ci(`flight ${n}`));
  for (let n = 0; n < 2; n += 1) await fleet.bind(assets[n] ?? '', cis[n] ?? '');
  const edges = async () => fleet.table.items().filter(({ e }) => e === relationshipEntity.name);
  for (const { act, a, b, c } of sequence) {
    const [assetId, ciId, other] = [assets[a] ?? '', cis[b] ?? '', cis[c % 3] ?? ''];
    const from = (await fleet.getAsset(assetId)).ciId;
    if (act === 'bind') await fleet.call('createBinding', { body: { assetId, ciId } });
    if (act === 'swap') await fleet.swap(ciId, { assetId, outgoingAssetTo: statuses[c] });
    if (act === 'take') await fleet.swap(ciId, { assetId, ...(from === undefined ? {} : { incomingFrom: from }) });
    if (act === 'revert') await fleet.revert(ciId, c % 2 === 0 || from === undefined ? {} : { returningFrom: from });
    if (act === 'move') await fleet.call('transitionAsset', { path: { assetId }, body: { to: statuses[c] } });
    if (act === 'relate')
      await fleet.call('createRelationship', { body: { type: 'depends on', from: ciId, to: other } });
    if (act === 'replace') await fleet.call('replaceCi', { path: { ciId }, body: { byCiId: other, reason: 'moved' } });
    const edge = (await edges())[c];
    if (act === 'close' && edge !== undefined) {
      const { relationshipId } = relationshipEntity.fromItem(edge).value;
      await fleet.call('closeRelationship', { path: { relationshipId }, headers: { 'if-match': `"v${edge.v}"` } });
    }
  }
  return { ...fleet, assets, cis };
};

const bindingId = `bnd_${'c'.repeat(26)}_${'b'.repeat(12)}`;

const overlaps = (all: readonly Binding[]): boolean => {
  const inOrder = [...all].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return inOrder.some(
    ({ validTo }, n) => n + 1 < inOrder.length && (validTo ?? '9') > (inOrder[n + 1]?.validFrom ?? ''),
  );
};

const groupsOf = (bindings: readonly Binding[], end: 'assetId' | 'ciId'): Binding[][] => [
  ...Map.groupBy(bindings, (binding) => binding[end]).values(),
];

const read = (table: MemoryTable) => {
  const items = table.items();
  const of = <T>(entity: { name: string; fromItem: (item: (typeof items)[0]) => { value: T } }): T[] =>
    items.filter(({ e }) => e === entity.name).map((item) => entity.fromItem(item).value);
  return { assets: of(assetEntity), cis: of(ciEntity), bindings: of(bindingEntity), edges: of(relationshipEntity) };
};

const jitters = fc.array(fc.integer({ min: -4000, max: 4000 }), { minLength: 1, maxLength: 7 });

describe('whatever is bound, swapped, reverted, moved, related and replaced', () => {
  it('no asset and no CI is bound twice at a time, and no edge lacks an end', async () => {
    const runs = 60;
    let bindingsMade = 0;
    await fc.assert(
      fc.asyncProperty(acts, jitters, async (sequence, jitter) => {
        const { assets, cis, bindings, edges } = read((await play(sequence, jitter)).table);
        bindingsMade += bindings.length;
        expect(bindings.filter(({ validFrom, validTo }) => validTo !== undefined && validTo < validFrom)).toEqual([]);
        for (const end of ['assetId', 'ciId'] as const) expect(groupsOf(bindings, end).filter(overlaps)).toEqual([]);
        const open = bindings
          .filter(({ validTo }) => validTo === undefined)
          .map((one) => one.bindingId)
          .sort();
        expect(assets.flatMap(({ binding }) => binding?.bindingId ?? []).sort()).toEqual(open);
        expect(cis.flatMap(({ binding }) => binding?.bindingId ?? []).sort()).toEqual(open);
        const known = new Set(cis.map(({ ciId }) => ciId));
        expect(edges.filter(({ from, to }) => !known.has(from) || !known.has(to) || from === to)).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(bindingsMade).toBeGreaterThan(4 * runs);
  });

  it('tells overlapping intervals from those that touch', () => {
    const one = (validFrom: string, validTo?: string) =>
      ({ bindingId, assetId: 'a', ciId: 'c', validFrom, ...(validTo === undefined ? {} : { validTo }) }) as Binding;
    expect(overlaps([one('2', '3'), one('1', '2'), one('3')])).toBe(false);
    expect(overlaps([one('1', '3'), one('2', '4')])).toBe(true);
    expect(overlaps([one('1'), one('2', '4')])).toBe(true);
  });
});
