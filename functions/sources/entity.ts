import { Source } from '../../domain/sources/source.ts';
import { defineEntity } from '../store/entity.ts';

/** Where all sources of a tenant are listed: tools and feeds, so that there are few. */
export const sourceListPartition = 'sources';

export const sourceEntity = defineEntity<Source, string>({
  name: 'source',
  schema: Source,
  tracked: true,
  id: ({ source }) => source,
  key: (source) => ({ pk: `SRC#${source}`, sk: '#' }),
  indexes: ({ source }) => ({ list: { pk: sourceListPartition, sk: source } }),
  chart: 'a source that has uploaded or was configured, and how its uploads are read',
});
