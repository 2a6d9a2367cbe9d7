import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ciEntity } from '../../functions/cis/entity.ts';
import { relationshipEntity } from '../../functions/relationships/entity.ts';
import { startApp } from '../support/app.ts';

const guests = ['vm-0', 'vm-1'];
const hosts = ['host-0', 'host-1', 'host-2'];

const act = fc.oneof(
  fc.record({
    act: fc.constant('relate' as const),
    from: fc.constantFrom(...guests),
    to: fc.constantFrom(...hosts),
    turned: fc.boolean(),
    replace: fc.boolean(),
  }),
  fc.record({ act: fc.constant('close' as const), nth: fc.nat(5) }),
  fc.record({ act: fc.constant('replace' as const), old: fc.constantFrom(...hosts), by: fc.constantFrom(...hosts) }),
);

const world = async () => {
  const app = startApp();
  const ids: Record<string, string> = {};
  for (const name of [...guests, ...hosts]) {
    const body = { class: name.startsWith('vm') ? 'virtual-machine' : 'server', name };
    ids[name] = (await app.call('createCi', { body })).body.ciId;
  }
  const edges = () =>
    app.table
      .items()
      .filter(({ e }) => e === relationshipEntity.name)
      .map((item) => relationshipEntity.fromItem(item));
  return { ...app, ids, edges };
};
type World = Awaited<ReturnType<typeof world>>;

const perform = async ({ call, ids, edges }: World, one: typeof act extends fc.Arbitrary<infer A> ? A : never) => {
  if (one.act === 'relate') {
    const [from, to] = one.turned ? [ids[one.to], ids[one.from]] : [ids[one.from], ids[one.to]];
    const body = { type: one.turned ? 'hosts' : 'runs on', from, to, replace: one.replace };
    return (await call('createRelationship', { body })).status;
  }
  if (one.act === 'replace') {
    const body = { byCiId: ids[one.by], reason: 'worn out' };
    return (await call('replaceCi', { path: { ciId: ids[one.old] ?? '' }, body })).status;
  }
  const found = edges()[one.nth];
  if (found === undefined) return 404;
  const path = { relationshipId: found.value.relationshipId };
  return (await call('closeRelationship', { path, headers: { 'if-match': `"v${found.version}"` } })).status;
};

const check = ({ edges, table, ids }: World) => {
  const cis = new Set(
    table.items().flatMap((item) => (item.e === ciEntity.name ? [ciEntity.fromItem(item).value.ciId] : [])),
  );
  const open = edges().filter(({ value }) => value.validTo === undefined);
  for (const { value } of edges()) expect([cis.has(value.from), cis.has(value.to)]).toEqual([true, true]);
  for (const guest of guests) {
    expect(
      open.filter(({ value }) => value.type === 'runs on' && value.from === ids[guest]).length,
    ).toBeLessThanOrEqual(1);
  }
};

describe('a machine runs on one host at most, and no edge lacks an end', () => {
  it('whatever is asked, in whatever order, by writers one after the other or at once', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), async (rounds) => {
        const it = await world();
        for (const together of rounds) {
          for (const status of await Promise.all(together.map((one) => perform(it, one)))) statuses.add(status);
          check(it);
        }
      }),
      { numRuns: 60 },
    );
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
    expect([200, 201, 409].every((status) => statuses.has(status))).toBe(true);
  }, 60_000);

  it('and the check sees two, were they there', async () => {
    const it = await world();
    await perform(it, { act: 'relate', from: 'vm-0', to: 'host-0', turned: false, replace: false });
    const [edge] = it.edges();
    if (edge === undefined) throw new Error('no edge');
    const other = { ...edge.value, relationshipId: `${edge.value.relationshipId.slice(0, -12)}${'z'.repeat(12)}` };
    it.table.put(relationshipEntity.toItem('skyways', { ...other, to: it.ids['host-1'] ?? '' }, 1));
    expect(() => check(it)).toThrow(/Expected: <= 1/);
    it.table.put(
      relationshipEntity.toItem('skyways', { ...other, to: `ci_${'q'.repeat(26)}`, validTo: other.validFrom }, 2),
    );
    expect(() => check(it)).toThrow();
  });
});
