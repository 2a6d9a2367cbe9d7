import type { SourceEntry } from '../../../domain/import/source-index.ts';
import { sameContent } from '../../../domain/shared/canonical.ts';
import { sourceEntryEntity } from '../../plan-import/source-entry.ts';
import type { Stored } from '../../store/entity.ts';
import type { Write } from '../../store/table.ts';
import type { UndoneEdges } from './undo-edges.ts';
import type { UndonePair } from './undo-pair.ts';
import type { Undoing } from './undoing.ts';

/**
 * The source's index without the run: a name that the run had learned is forgotten; one that was known before keeps its thing, and what
 * the source said last is forgotten, so that the same file counts as news when it comes again. A later run's entry stays.
 */
export const undoEntry = (
  { run }: Undoing,
  entry: Stored<SourceEntry> | undefined,
  { asset, ci }: UndonePair,
  { changed }: Pick<UndoneEdges, 'changed'>,
): Write[] => {
  if (entry === undefined || entry.value.run !== run.runId) return [];
  const { value, version } = entry;
  const isNew = value.outcome === 'created' || value.outcome === 'linked';
  const isGone = (ci?.retired ?? true) && (asset?.retired ?? true) && (ci !== undefined || asset !== undefined);
  if (isNew || isGone) {
    const key = sourceEntryEntity.keyOf(run.tenant, sourceEntryEntity.id(value));
    return [{ remove: key, expect: version }];
  }
  const { relatedAt: _at, deletedAt: _deleted, revivedAt: _revived, relations = [], ...lasting } = value;
  const touched = [...changed.values()];
  const isSaid = ({ sources, validTo }: (typeof touched)[number]) =>
    validTo === undefined && sources.includes(run.source);
  const back = touched.filter(isSaid).map(({ relationshipId }) => relationshipId);
  const gone = touched.filter((edge) => !isSaid(edge)).map(({ relationshipId }) => relationshipId);
  const kept = [...new Set([...relations.filter((id) => !gone.includes(id)), ...back])].sort();
  const retiredAt = ci?.next.status === 'retired' ? ci.next.retiredAt : undefined;
  const next: SourceEntry = {
    ...lasting,
    fingerprint: {},
    ...(kept.length === 0 ? {} : { relations: kept }),
    ...(retiredAt === undefined ? {} : { deletedAt: retiredAt }),
  };
  if (sameContent(next, value)) return [];
  return [{ put: sourceEntryEntity.toItem(run.tenant, next, version + 1), expect: version }];
};
