import * as z from 'zod';
import { Recount } from '../../domain/health/recount.ts';
import { assetPath } from '../../domain/health/rule-book.ts';
import { HealthState } from '../../domain/health/tally.ts';
import { Timestamp } from '../../domain/shared/time.ts';
import { defineEntity } from '../store/entity.ts';
import { shardOf } from '../store/shard.ts';

/** Shards of the lists of failures: a new estate fails one rule in one go, at the rate at which it is imported. */
export const failureShards = 16;

export const stalePartition = (rule: string, shard: number): string => `health#${rule}#${shard}`;

/** Written by the aggregate function alone. It is never removed, so that its version only grows; its stream is what counters count. */
export const healthStateEntity = defineEntity<HealthState, string>({
  name: 'record health',
  schema: HealthState,
  tracked: false,
  id: ({ id }) => id,
  key: (id) => ({ pk: id, sk: 'Q#' }),
  indexes: ({ id, class: recordClass, stale }) =>
    stale === undefined
      ? {}
      : {
          list: {
            pk: stalePartition(stale.rule, shardOf(id, failureShards)),
            sk: `${stale.from}#${recordClass}#${id}`,
          },
        },
  chart: 'which health rules a CI or asset fails, and when it will be stale; listed by that day',
});

export const Failure = z.strictObject({ rule: z.string(), class: z.string(), id: z.string() });
export type Failure = z.infer<typeof Failure>;

export const failurePartition = (rule: string, shard: number): string => `HF#${rule}#${shard}`;

/** One record that fails one rule: written and removed together with the record's health. */
export const failureEntity = defineEntity<Failure, Failure>({
  name: 'health failure',
  schema: Failure,
  tracked: false,
  id: (failure) => failure,
  key: ({ rule, class: recordClass, id }) => ({
    pk: failurePartition(rule, shardOf(id, failureShards)),
    sk: `${recordClass}#${id}`,
  }),
  chart: 'one record that fails one rule: the lists of failures',
});

export const NamedBy = z.strictObject({ name: z.string(), class: z.string(), id: z.string() });
export type NamedBy = z.infer<typeof NamedBy>;

/** Records under one name are looked at up to this many. */
export const mostSharers = 25;

export const namePartition = (kind: HealthState['kind'], name: string): string => `N#${kind}#${name}`;

/** Who has an identifier, unique or not: what duplicates are found by. */
export const nameEntity = defineEntity<NamedBy, NamedBy>({
  name: 'health name',
  schema: NamedBy,
  tracked: false,
  id: (one) => one,
  key: ({ name, class: recordClass, id }) => ({
    pk: namePartition(recordClass === assetPath ? 'asset' : 'ci', name),
    sk: `${recordClass}#${id}`,
  }),
  chart: 'a record under an identifier that its duplicates would share',
});

/** Spreads the counters of one tenant over partitions, by the shard of the stream that they count. */
export const counterLanes = 8;
export const counterPrefix = 'HC#';
/** In the place of a shard: what shards counted that are closed for good. */
export const baseShard = '-';

export const HealthCounter = z.strictObject({
  lane: z.int().nonnegative(),
  slot: z.string(),
  shard: z.string(),
  /** The sequence number of the last record of the shard that is counted here: 40 digits, so that text order is their order. */
  last: z.string(),
  at: Timestamp,
  numbers: z.record(z.string(), z.number()),
});
export type HealthCounter = z.infer<typeof HealthCounter>;

/** Names before their last `|` once only: the more numbers fit into a write unit. */
const Nested = z.record(z.string(), z.record(z.string(), z.number()));

const packNumbers = (numbers: HealthCounter['numbers']): z.infer<typeof Nested> => {
  const nested: z.infer<typeof Nested> = {};
  for (const [name, value] of Object.entries(numbers)) {
    const at = name.lastIndexOf('|');
    const first = name.slice(0, at);
    if (!Object.hasOwn(nested, first)) nested[first] = {};
    (nested[first] ?? {})[name.slice(at + 1)] = value;
  }
  return nested;
};

const unpackNumbers = (nested: unknown): HealthCounter['numbers'] =>
  Object.fromEntries(
    Object.entries(Nested.parse(nested)).flatMap(([first, inner]) =>
      Object.entries(inner).map(([second, value]) => [`${first}|${second}`, value]),
    ),
  );

/** How the numbers of a counter are stored. */
export const counterPacking = {
  pack: (counter: HealthCounter) => ({ ...counter, numbers: packNumbers(counter.numbers) }),
  unpack: (stored: unknown): unknown => {
    const { numbers, ...rest } = z.looseObject({ numbers: z.unknown() }).parse(stored);
    return { ...rest, numbers: unpackNumbers(numbers) };
  },
};

export const counterEntity = defineEntity<HealthCounter, Pick<HealthCounter, 'lane' | 'slot' | 'shard'>>({
  name: 'health counter',
  schema: HealthCounter,
  tracked: false,
  id: ({ lane, slot, shard }) => ({ lane, slot, shard }),
  key: ({ lane, slot, shard }) => ({ pk: `${counterPrefix}${lane}`, sk: `${shard}#${slot}` }),
  packing: counterPacking,
  chart: 'numbers of a slot as one shard of the stream counted them, with how far it counted',
});

export const laneOf = (shard: string): number => shardOf(shard, counterLanes);

export const recountId = 'health-recount';

/** A walk over all records that judges each anew, slice by slice. Its `generation` is written into what it judges. */
export const recountEntity = defineEntity<Recount, typeof recountId>({
  name: 'health recount',
  schema: Recount,
  tracked: true,
  id: () => recountId,
  key: (id) => ({ pk: `REF#${id}`, sk: '#' }),
  chart: 'how far the latest recount of health has come; one per tenant',
});
