import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { SourceSettings } from '../../domain/sources/source.ts';
import type { Table } from '../store/table.ts';
import { sourceEntity } from './entity.ts';

type Named = Pick<StoredRun, 'tenant' | 'source'>;

/** What a planner goes by beside the metadata of an upload. `isNew`: the source has not been heard of. */
export type Told = { settings: SourceSettings; isNew: boolean };

/** The settings of an upload's source: one read of half a unit. A run that has begun keeps what it began with. */
export const toldOf = async (table: Table, { tenant, source }: Named, begun: StoredRun | undefined): Promise<Told> => {
  if (begun !== undefined) return { settings: keptBy(begun), isNew: false };
  const item = await table.get(sourceEntity.keyOf(tenant, source));
  return item === undefined
    ? { settings: {}, isNew: true }
    : { settings: sourceEntity.fromItem(item).value.settings, isNew: false };
};

const keptBy = ({ settings: { profile, format } = {} }: StoredRun): SourceSettings => ({
  ...(profile === undefined ? {} : { defaultProfile: profile }),
  ...(format === undefined ? {} : { format }),
});

/** Lists the source from its first upload on. Whoever comes second finds it listed. */
export const registerSource = async (table: Table, { tenant, source }: Named, runId: string, now: string) => {
  const change = { type: 'SourceRegistered', by: `source:${source}`, at: now, correlationId: runId };
  const put = sourceEntity.toItem(tenant, { source, registeredAt: now, settings: {} }, 1, change);
  await table.writeEach([{ put, expect: 'absent' }]);
};
