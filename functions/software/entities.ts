import * as z from 'zod';
import { counterPacking, HealthCounter } from '../data-health/entities.ts';
import { defineEntity } from '../store/entity.ts';
import { shardOf } from '../store/shard.ts';

/**
 * Into how many items the numbers of products are spread: what a batch writes at most. With 10,000 products of three versions each an item
 * has some 4 kB.
 */
export const softwareSlots = 256;
export const slotOfProduct = (key: string): string => String(shardOf(key, softwareSlots));
export const slotPartition = (slot: string): string => `SC#${slot}`;

/** Tells how far a shard is counted altogether: what lies before it need not be read again from the bucket. */
export const markSlot = 'mark';

/** Counted as health is: an item for each slot and shard of the stream, with the sequence number it has come to. Lanes are of no use here. */
export const softwareCounterEntity = defineEntity<HealthCounter, Pick<HealthCounter, 'lane' | 'slot' | 'shard'>>({
  name: 'software counter',
  schema: HealthCounter,
  tracked: false,
  id: ({ lane, slot, shard }) => ({ lane, slot, shard }),
  key: ({ slot, shard }) => ({ pk: slotPartition(slot), sk: shard }),
  packing: counterPacking,
  chart: 'installations of the products of a slot as one shard of the stream counted them, with how far it counted',
});

const KnownProduct = z.strictObject({ key: z.string() });
type KnownProduct = z.infer<typeof KnownProduct>;

export const productShards = 16;
export const productPartition = (shard: number): string => `software#${shard}`;

/** Written once, when a product is counted first; what it is called and how often it is there, its counters tell. */
export const productEntity = defineEntity<KnownProduct, string>({
  name: 'software product',
  schema: KnownProduct,
  tracked: false,
  id: ({ key }) => key,
  key: (key) => ({ pk: `SP#${key}`, sk: '#' }),
  indexes: ({ key }) => ({ list: { pk: productPartition(shardOf(key, productShards)), sk: key } }),
  chart: 'a product that some CI has or had; listed by name',
});
