import { releaseEdge } from '../relationship/asserted.ts';
import type { Relationship } from '../relationship/relationship.ts';
import { sameContent } from '../shared/canonical.ts';
import type { Told } from './told.ts';
import { tracePart, type UndoneRun, type Version } from './trace.ts';

/**
 * A relationship as it was before the run: what the run opened is closed, what it closed is open again. One that others have spoken of
 * since loses the voice of the run's source, if others are left; otherwise it stays and is told. Undefined: the run did not touch it.
 */
export const undoEdge = (
  versions: readonly Version<Relationship>[],
  run: UndoneRun,
  now: string,
): { next: Relationship; told: Told } | undefined => {
  const latest = versions.at(-1)?.value;
  const traced = tracePart(versions, run, (value) => value);
  if (latest === undefined || traced === undefined) return undefined;
  const { was, made, later } = traced;
  const told: Told = { entity: 'relationship', id: latest.relationshipId, field: latest.type, made, was };
  if (later === undefined) {
    if (was !== undefined) return { next: was, told };
    return { next: latest.validTo === undefined ? { ...latest, validTo: now } : latest, told };
  }
  if (sameContent(was, latest)) return { next: latest, told };
  const isNewVoice = was === undefined || was.validTo !== undefined || !was.sources.includes(run.source);
  const others = latest.sources.filter((one) => one !== run.source);
  if (isNewVoice && others.length > 0) return { next: releaseEdge(latest, run.source, now), told };
  return { next: latest, told: { ...told, refused: later } };
};
