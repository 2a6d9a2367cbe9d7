import * as z from 'zod';

/** The lifecycle as data: from each status, where an asset may go next. Disposal is the end. */
export const lifecycle = {
  requested: ['ordered', 'disposed'],
  ordered: ['in-stock', 'deployed', 'disposed'],
  'in-stock': ['deployed', 'in-repair', 'lost', 'stolen', 'retired'],
  deployed: ['in-stock', 'in-repair', 'lost', 'stolen', 'retired'],
  'in-repair': ['in-stock', 'deployed', 'lost', 'stolen', 'retired'],
  lost: ['in-stock', 'deployed', 'stolen', 'retired'],
  stolen: ['in-stock', 'deployed', 'lost', 'retired'],
  retired: ['in-stock', 'disposed'],
  disposed: [],
} as const satisfies Record<string, readonly string[]>;

export type AssetStatus = keyof typeof lifecycle;
export const AssetStatus = z
  .enum(Object.keys(lifecycle) as [AssetStatus, ...AssetStatus[]])
  .meta({ id: 'AssetStatus' });
