import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Asset } from '../../domain/asset/asset.ts';
import { createAsset, NewAsset } from '../../domain/asset/create-asset.ts';
import { AssetStatus, lifecycle } from '../../domain/asset/lifecycle.ts';
import { listTransitions, transitionAsset } from '../../domain/asset/transition-asset.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { digest } from '../../functions/shared/digest.ts';

const creation = { now: '2026-01-01T00:00:00.000Z', digest, tenant: 'skyways', requestKey: 'r', correlationId: 'c' };
const statuses = fc.constantFrom(...AssetStatus.options);

describe('the lifecycle', () => {
  it('is never left, whatever is asked in whatever order', () => {
    fc.assert(
      fc.property(fc.array(statuses, { maxLength: 40 }), (wishes) => {
        let { asset } = createAsset(NewAsset.parse({}), creation);
        for (const to of wishes) {
          const before = asset.status;
          const isAllowed = listTransitions(before).allowed.includes(to);
          try {
            asset = transitionAsset(asset, to);
            expect([isAllowed, asset.status]).toEqual([true, to]);
          } catch (error) {
            expect([isAllowed, asset.status]).toEqual([false, before]);
            expect((error as Problem).code).toBe('illegal-transition');
          }
          expect(Asset.safeParse(asset).success).toBe(true);
        }
      }),
    );
  });

  it('tells for every status exactly one of allowed and why not', () => {
    for (const status of AssetStatus.options) {
      const { allowed, refused } = listTransitions(status);
      expect([...allowed, ...refused.map(({ to }) => to)].sort()).toEqual([...AssetStatus.options].sort());
      expect(allowed).toEqual(lifecycle[status]);
      for (const { to, reason } of refused) expect(reason).toContain(to);
    }
  });

  it('can be ended from everywhere, and from its end nothing follows', () => {
    const reachable = (from: AssetStatus): Set<AssetStatus> => {
      const seen = new Set<AssetStatus>([from]);
      for (const status of seen) for (const next of lifecycle[status]) seen.add(next);
      return seen;
    };
    for (const status of AssetStatus.options) expect(reachable(status).has('disposed')).toBe(true);
    expect(lifecycle.disposed).toEqual([]);
    expect(() =>
      transitionAsset({ ...createAsset(NewAsset.parse({}), creation).asset, status: 'disposed' }, 'in-stock'),
    ).toThrow(Problem);
  });
});
