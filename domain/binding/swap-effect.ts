import * as z from 'zod';
import type { Asset } from '../asset/asset.ts';
import { type AssetFacts, AssetView, assetValues } from '../asset/asset-view.ts';
import { CiClass } from '../ci/ci-classes.ts';
import { CiFacts } from '../ci/ci-view.ts';
import { sameContent } from '../shared/canonical.ts';
import { AssetId, CiId } from '../shared/id.ts';
import { Money } from '../shared/money.ts';
import { CalendarDate } from '../shared/time.ts';
import { BindingView } from './bind.ts';

const AssetCost = z
  .strictObject({ assetId: AssetId, purchaseCost: Money.optional(), warrantyEnd: CalendarDate.optional() })
  .meta({ id: 'SwapCost' });

export const FieldChange = z
  .strictObject({
    entity: z.enum(['asset', 'ci']),
    id: z.union([AssetId, CiId]),
    field: z.string(),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
  })
  .meta({ id: 'SwapChange' });
export type FieldChange = z.infer<typeof FieldChange>;

export const ServiceAtRisk = z
  .strictObject({
    ciId: CiId,
    class: CiClass,
    depth: z.int().nonnegative(),
    name: CiFacts.shape.name,
    criticality: CiFacts.shape.criticality,
  })
  .meta({ id: 'ServiceAtRisk' });

/** What a swap did, or in a preview would do. `atRisk` is told in a preview only. */
export const SwapResult = z
  .strictObject({
    preview: z.boolean(),
    ciId: CiId,
    closed: BindingView,
    opened: BindingView,
    outgoing: AssetView,
    incoming: AssetView,
    changes: z.array(FieldChange),
    cost: z.strictObject({ outgoing: AssetCost, incoming: AssetCost, difference: Money.optional() }),
    atRisk: z.strictObject({ services: z.array(ServiceAtRisk), truncated: z.boolean() }).optional(),
  })
  .meta({ id: 'SwapResult' });
export type SwapResult = z.infer<typeof SwapResult>;

/** What the exchange is worth: `difference` is incoming less outgoing, told when both costs are known in one currency. */
export const costOf = (outgoing: Asset, incoming: Asset): SwapResult['cost'] => {
  const [left, came] = [outgoing, incoming].map((asset) => ({
    assetId: asset.assetId,
    ...costFacts(assetValues(asset)),
  }));
  if (left === undefined || came === undefined) throw new Error('two assets take part in a swap');
  const { purchaseCost: a } = left;
  const { purchaseCost: b } = came;
  const comparable = a !== undefined && b !== undefined && a.currency === b.currency;
  return {
    outgoing: left,
    incoming: came,
    ...(comparable ? { difference: { minor: b.minor - a.minor, currency: b.currency } } : {}),
  };
};

const costFacts = ({ purchaseCost, warrantyEnd }: AssetFacts) => ({
  ...(purchaseCost === undefined ? {} : { purchaseCost }),
  ...(warrantyEnd === undefined ? {} : { warrantyEnd }),
});

type Shown = Record<string, unknown>;

/** Field by field, what differs between two views of one entity. */
export const changedFields = (entity: FieldChange['entity'], id: string, before: Shown, after: Shown): FieldChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((field) => {
    const change = { entity, id, field, before: before[field], after: after[field] };
    return sameContent(change.before ?? null, change.after ?? null) ? [] : [change];
  });
