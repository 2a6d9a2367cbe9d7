/** The table's shape, read by the CDK app and by the local stack: names of keys and of the sparse, overloaded indexes (keys only). */
export const tableKeys = { partition: 'pk', sort: 'sk', ttl: 'ttl' } as const;

/** `inverse`: edges and bindings from their other end. `list`: everything of one kind, spread over shards. The rest: assets by one facet. */
export const tableIndexes = {
  inverse: { partition: 'g1pk', sort: 'g1sk' },
  list: { partition: 'g2pk', sort: 'g2sk' },
  location: { partition: 'g3pk', sort: 'g3sk' },
  holder: { partition: 'g4pk', sort: 'g4sk' },
  costCentre: { partition: 'g5pk', sort: 'g5sk' },
  model: { partition: 'g6pk', sort: 'g6sk' },
} as const;

export type IndexName = keyof typeof tableIndexes;

/**
 * Into how many partitions a list of unbounded size is spread: 16,000 writes/s over 32 keys stay at half of the 1,000 units/s
 * that one key can take (`S = ceil(rate / 700)`, rounded up to a power of two).
 */
export const listShards = 32;
