import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Asset } from '../../domain/asset/asset.ts';
import type { Binding } from '../../domain/binding/binding.ts';
import { revertSwap } from '../../domain/binding/revert-swap.ts';
import { swap } from '../../domain/binding/swap.ts';
import type { Ci } from '../../domain/ci/ci.ts';
import type { Facets } from '../../domain/reconcile/facet.ts';
import { setManually } from '../../domain/reconcile/manual.ts';
import { digest } from '../../functions/shared/digest.ts';

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
