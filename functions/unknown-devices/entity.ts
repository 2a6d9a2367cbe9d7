import { UnknownDevice } from '../../domain/unknown-device/unknown-device.ts';
import { defineEntity } from '../store/entity.ts';
import { shardOf } from '../store/shard.ts';

/** Over so many keys the list is spread: a scan of a large network may find thousands at once. */
const shards = 8;

export const unknownListPartitions: readonly string[] = Array.from(
  { length: shards },
  (_, shard) => `unknown#${shard}`,
);

/** Rows that go by this name, in whichever source, and are not known to be anything. */
export const unknownNamePartition = (name: string): string => `unknown-name#${name}`;

export const unknownEntity = defineEntity<UnknownDevice, string>({
  name: 'unknown device',
  schema: UnknownDevice,
  tracked: true,
  id: ({ unknownId }) => unknownId,
  key: (unknownId) => ({ pk: unknownId, sk: '#' }),
  indexes: ({ unknownId, state, firstSeenAt, key }) => ({
    list: { pk: `unknown#${shardOf(unknownId, shards)}`, sk: `${state}#${firstSeenAt}#${unknownId}` },
    ...(key.type === 'hostname' && state !== 'known' && state !== 'converted'
      ? { inverse: { pk: unknownNamePartition(key.value), sk: unknownId } }
      : {}),
  }),
  chart: 'a device seen on the network that nobody owns; listed by state, found by its name',
});
