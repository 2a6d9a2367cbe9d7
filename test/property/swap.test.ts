import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Asset } from '../../domain/asset/asset.ts';
import type { Binding } from '../../domain/binding/binding.ts';
import { revertSwap } from '../../domain/binding/revert-swap.ts';
import { swap } from '../../domain/binding/swap.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { Facets } from '../../domain/reconcile/facet.ts';
import { setManually } from '../../domain/reconcile/manual.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { bindingEntity } from '../../functions/bindings/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { digest } from '../../functions/shared/digest.ts';
import { startFleet } from '../support/fleet.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

const at = '2026-01-01T00:00:00.000Z';
const word = fc.constantFrom('A', 'B', 'C', '');
const values = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), word, { maxKeys: 4 });
const section = (...names: string[]) =>
  fc.record({ at: fc.constant(at), hash: word, values: values(...names) }, { requiredKeys: ['at', 'hash', 'values'] });
const listed = fc.record({ at: fc.constant(at), hash: word, count: fc.nat(9) });
const custody = ['holder', 'holderEmail', 'location', 'costCentre', 'notes'];

const facetsOf = fc
  .record({
    glpi: fc.option(
      fc.record(
        {
          device: section('name', 'model'),
          network: section('primaryMac', 'ipAddresses'),
          bios: section('serial', 'model'),
          os: section('osName', 'osVersion'),
          memories: listed,
          software: listed,
        },
        { requiredKeys: [] },
      ),
    ),
    book: fc.option(section(...custody)),
    manual: fc.option(values(...custody)),
  })
  .map(({ glpi, book, manual }): Facets => {
    const said: Facets = {
      ...(glpi === null || Object.keys(glpi).length === 0
        ? {}
        : { glpi: { half: 'discovery' as const, nativeKey: 'n', sections: glpi } }),
      ...(book === null ? {} : { 'book#book': { half: 'book' as const, sections: { itam: book } } }),
    };
    return setManually(said, manual ?? {}, { now: at, digest });
  });

const own = (letter: string) => letter.repeat(26);
const bindingId = `bnd_${own('c')}_${'b'.repeat(12)}`;
const made = { statusSetBy: fc.constantFrom('import' as const, 'person' as const), facets: facetsOf };

const assetOf = (letter: string, status: fc.Arbitrary<Asset['status']>) =>
  fc.record({ ...made, status }).map(
    (random): Asset => ({
      assetId: `ast_${own(letter)}`,
      kind: 'hardware',
      identifiers: [`serial||${letter}123`],
      bindings: 1,
      origin: { correlationId: 'c' },
      createdAt: at,
      ...random,
    }),
  );

const world = fc
  .record({
    outgoing: assetOf('o', fc.constantFrom('deployed', 'in-repair', 'lost')),
    incoming: assetOf('i', fc.constantFrom('in-stock', 'in-repair', 'deployed')),
    ci: fc.record(made),
    outgoingAssetTo: fc.constantFrom('in-stock' as const, 'retired' as const, 'stolen' as const),
  })
  .map(({ outgoing, incoming, ci, outgoingAssetTo }) => {
    const open: Binding = { bindingId, assetId: outgoing.assetId, ciId: `ci_${own('c')}`, validFrom: at };
    const bound: Ci = {
      ...ci,
      ciId: open.ciId,
      class: 'server',
      status: 'operational',
      identifiers: ['fqdn||a.example'],
      binding: { bindingId, assetId: outgoing.assetId, from: at },
      origin: { correlationId: 'c' },
      createdAt: at,
    };
    const carrying: Asset = { ...outgoing, binding: { bindingId, ciId: open.ciId, from: at } };
    return { state: { ci: bound, outgoing: carrying, incoming, open }, outgoingAssetTo };
  });

const versions = { ci: 1, outgoing: 1, incoming: 1 };

/** The content without what a reversal may leave behind: times, how often an asset was bound, and by which binding it is now. */
const lasting = (entity: Asset | Ci): unknown =>
  JSON.parse(
    JSON.stringify(entity, (key, value) => (['at', 'from', 'bindings', 'bindingId'].includes(key) ? undefined : value)),
  );

describe('a swap and its reversal', () => {
  it('are together nothing but history', () => {
    fc.assert(
      fc.property(world, ({ state, outgoingAssetTo }) => {
        const wanted = { outgoingAssetTo, incomingTo: 'deployed' as const, incomingFrom: undefined };
        const done = swap(state, wanted, versions, { now: '2026-02-01T00:00:00.000Z', digest });
        const after = { ci: done.ci, open: done.opened, outgoing: done.incoming, incoming: done.outgoing };
        const record = done.opened.swap;
        if (record === undefined) throw new Error('a swap that cannot be reverted');
        const writing = { now: '2026-03-01T00:00:00.000Z', digest, returningFrom: undefined };
        const back = revertSwap(after, record, state, versions, writing);
        expect(lasting(back.ci)).toEqual(lasting(state.ci));
        expect(lasting(back.incoming)).toEqual(lasting(state.outgoing));
        expect(lasting(back.outgoing)).toEqual(lasting(state.incoming));
        expect(lasting(done.ci)).not.toEqual(lasting(state.ci));
      }),
      { numRuns: 500 },
    );
  });
});

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
