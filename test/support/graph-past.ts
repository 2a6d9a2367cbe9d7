import fc from 'fast-check';
import { ciEntity } from '../../functions/cis/entity.ts';
import { cardOf } from '../../functions/graph/card-of.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { keepAdjacency } from '../../functions/relay/adjacency.ts';
import type { Item, Write } from '../../functions/store/table.ts';
import { startFleet } from './fleet.ts';
import type { TestEdge } from './graph-world.ts';
import { memoryTable } from './memory-table.ts';

const directed = ['depends on', 'runs on', 'member of', 'connected to'];

/** What people do to an estate of six CIs and three assets, in order: relate, cut, rename, and bind or swap. Some of it is refused. */
export const estateActs = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('relate' as const),
        from: fc.nat(5),
        to: fc.nat(5),
        type: fc.constantFrom(...directed),
        need: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined, freq: 2 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('close' as const), n: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('rename' as const), n: fc.nat(5), name: fc.string() }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('bind' as const), n: fc.nat(5), asset: fc.nat(2) }) },
  ),
  { minLength: 3, maxLength: 30, size: 'max' },
);
type Act = typeof estateActs extends fc.Arbitrary<(infer T)[]> ? T : never;

/** The estate after those acts, its pages kept, and every version of everything in the order in which it was written. */
export const livedEstate = async (acts: readonly Act[]) => {
  const table = memoryTable();
  const written: Item[] = [];
  const recording = {
    ...table,
    transact: async (writes: readonly Write[]) => {
      const puts = writes.flatMap((write) => ('put' in write && write.put.c !== undefined ? [write.put] : []));
      const before = await Promise.all(puts.map((item) => table.get(item)));
      await table.transact(writes);
      written.push(...puts);
      await keepAdjacency(
        table,
        puts.map((after, n) => ({ before: before[n], after })),
      );
    },
  };
  const fleet = startFleet(recording);
  const { ci, asset, call } = fleet;
  const cis: string[] = [];
  for (let n = 0; n < 6; n += 1) cis.push(await ci(`CI ${n}`));
  const assets = [await asset({ holder: 'Crew A' }), await asset(), await asset()];
  const edges: string[] = [];
  for (const one of acts) {
    if (one.act === 'relate') {
      const body = { from: cis[one.from], type: one.type, to: cis[one.to] };
      const attributes = one.need === undefined ? {} : { attributes: { group: 'g', need: one.need } };
      const made = await call('createRelationship', { body: { ...body, ...attributes } });
      if (made.status === 201) edges.push(made.body.relationshipId);
    } else if (one.act === 'close') {
      const relationshipId = edges[one.n % Math.max(1, edges.length)] ?? '';
      const { v } = written.findLast(({ sk }) => sk.endsWith(relationshipId)) ?? { v: 0 };
      await call('closeRelationship', { path: { relationshipId }, headers: { 'if-match': `"v${v}"` } });
    } else {
      const ciId = cis[one.n] ?? '';
      const { version } = await fleet.getCi(ciId);
      const headers = { 'if-match': `"v${version}"` };
      if (one.act === 'rename') await call('editCi', { path: { ciId }, body: { name: one.name }, headers });
      else
        await fleet.bind(assets[one.asset] ?? '', ciId).catch(() => fleet.swap(ciId, { assetId: assets[one.asset] }));
    }
  }
  return { ...fleet, cis, assets, written };
};

export const atOf = ({ c }: Item): string => (c as { at: string }).at;

/** Edges that were open, and cards of the CIs that there were, when everything written up to a moment is written again. */
export const replay = (written: readonly Item[], until: string) => {
  const last = new Map<string, Item>();
  for (const item of written) if (atOf(item) <= until) last.set(`${item.pk} ${item.sk}`, item);
  const items = [...last.values()];
  return {
    edges: items
      .filter(({ e }) => e === relationshipEntity.name)
      .map((item) => relationshipEntity.fromItem(item).value)
      .filter(({ validTo }) => validTo === undefined)
      .map(({ sources: _sources, validFrom: _validFrom, ...edge }): TestEdge => edge),
    cards: new Map(
      items
        .filter(({ e }) => e === ciEntity.name)
        .map((item) => ciEntity.fromItem(item).value)
        .map((ci) => [ci.ciId, cardOf(ci)]),
    ),
  };
};
