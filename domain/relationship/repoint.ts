import * as z from 'zod';
import type { Ci } from '../ci/ci.ts';
import { ciClasses } from '../ci/ci-classes.ts';
import { manualSource } from '../reconcile/manual.ts';
import { CiId, type Digest } from '../shared/id.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import { laterOf } from '../shared/time.ts';
import { assertEdge } from './asserted.ts';
import type { Relationship } from './relationship.ts';
import { RelationshipType } from './relationship-types.ts';
import { closeRelationship, orderEnds, relationshipIdOf } from './write-relationship.ts';

/** What a replacement moves: relationships of these types, or all of them. */
export const Replacement = z
  .strictObject({
    byCiId: CiId,
    types: z.array(RelationshipType).min(1).max(20).optional(),
    reason: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'Replacement' });
export type Replacement = z.output<typeof Replacement>;

/** One transaction has room for 100 writes: two per edge, and the answer. */
export const mostRepointed = 45;

/** What carries a service may be replaced by what can carry it: hardware by a virtual machine, never by a service. */
const family = (ci: Ci): string => {
  const { layer } = ciClasses[ci.class];
  return layer === 'logical' ? 'physical' : layer;
};

/** Throws when one CI cannot stand in for the other, or when there is nothing to move or too much of it. */
export const checkReplacement = (old: Ci, by: Ci, moving: readonly Relationship[]): void => {
  const refusals: Refusal[] = [];
  const say = (detail: string, fix?: string) =>
    refusals.push({ code: 'unprocessable', pointer: '#/body/byCiId', detail, ...(fix === undefined ? {} : { fix }) });
  if (old.ciId === by.ciId) say('A CI does not replace itself.');
  if (by.status === 'retired') say(`${by.ciId} is retired.`);
  if (family(old) !== family(by))
    say(`A ${by.class} does not stand in for a ${old.class}: they are of different layers.`);
  if (moving.length === 0) say(`${old.ciId} has no open relationship to move.`);
  if (moving.length > mostRepointed) {
    say(
      `More than ${mostRepointed} relationships would move; one act takes ${mostRepointed}.`,
      'Name types, and replace in several acts.',
    );
  }
  refuse(refusals);
};

/** The ends of an edge with one CI in place of another, in the order they are stored. */
export const repointedEnds = ({ type, from, to }: Relationship, old: string, by: string, digest: Digest) => {
  const ends = orderEnds({ type, from: from === old ? by : from, to: to === old ? by : to });
  return { relationshipId: relationshipIdOf(ends, digest), ...ends };
};

/**
 * An edge of the old CI, closed, and the edge of the new one that takes its place: new, opened again, or one more voice for an open one.
 * A person says so, whoever said it of the old CI: no source has seen the new one yet. Redundancy groups go along.
 */
export const repoint = (
  edge: Relationship,
  ends: ReturnType<typeof repointedEnds>,
  known: Relationship | undefined,
  now: string,
): { closed: Relationship; opened: Relationship } => {
  const at = laterOf(now, edge.validFrom);
  const opened = assertEdge(known, ends, manualSource, laterOf(at, known?.validTo ?? at));
  const { attributes } = edge;
  return {
    closed: closeRelationship(edge, at),
    opened: attributes === undefined || opened.attributes !== undefined ? opened : { ...opened, attributes },
  };
};
