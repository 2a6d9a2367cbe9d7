import * as z from 'zod';
import { type RawRelation, RecordWarning } from '../../domain/discovery/record.ts';
import type { StoredRun } from '../../domain/import/stored-run.ts';
import type { Relationship } from '../../domain/relationship/relationship.ts';
import { sameContent } from '../../domain/shared/canonical.ts';
import { count } from '../../domain/shared/scalars.ts';
import { getLines, putLines } from '../objects/ndjson.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { runFiles } from '../plan-import/chunk-line.ts';
import { chunkEntity } from '../plan-import/entities.ts';
import type { Stored } from '../store/entity.ts';
import type { RunScope } from './context.ts';

/** What became of the relations of one record: told beside its outcome, which was written before they were looked at. */
const RelationNote = z.strictObject({ recordIndex: count, warnings: z.array(RecordWarning) });

/** By record: all that were looked at, also those of which there is nothing to say. */
export type RelationNotes = Map<number, readonly RecordWarning[]>;

const fileOf = (run: StoredRun, chunk: number): string => runFiles(run).outcomes('relations', chunk);

export const readNotes = async (data: ObjectStore, run: StoredRun, chunk: number): Promise<RelationNotes> =>
  new Map(
    (await getLines(data, fileOf(run, chunk))).map((line) => {
      const { recordIndex, warnings } = RelationNote.parse(line);
      return [recordIndex, warnings];
    }),
  );

/** Stores what there is to say of a chunk's relations, if anything. Says whether there is: who counts the chunk tells readers so. */
export const putNotes = async (
  { context: { data }, run }: RunScope,
  chunk: number,
  notes: RelationNotes,
): Promise<boolean> => {
  const told = [...notes].filter(([, warnings]) => warnings.length > 0);
  if (told.length === 0) return false;
  const lines = told.map(([recordIndex, warnings]) => ({ recordIndex, warnings }));
  await putLines(data, fileOf(run, chunk), lines);
  return true;
};

/** Of relations that were looked at again when their chunk was done: what is said of their records now, instead of what was said then. */
export const changeNotes = async (scope: RunScope, chunk: number, notes: RelationNotes): Promise<void> => {
  const { context, run } = scope;
  const key = chunkEntity.keyOf(run.tenant, { runId: run.runId, phase: 'relations', chunk });
  const item = await context.table.get(key, { consistent: true });
  if (item === undefined || notes.size === 0) return;
  const mark = chunkEntity.fromItem(item);
  const before: RelationNotes = mark.value.isNoted ? await readNotes(context.data, run, chunk) : new Map();
  const after: RelationNotes = new Map([...new Map([...before, ...notes])].filter(([, told]) => told.length > 0));
  if (sameContent([...before], [...after])) return;
  if (!(await putNotes(scope, chunk, after))) await putLines(context.data, fileOf(run, chunk), []);
  if (mark.value.isNoted) return;
  const put = chunkEntity.toItem(run.tenant, { ...mark.value, isNoted: true }, mark.version + 1);
  await context.table.writeEach([{ put, expect: 'any' }]);
};

type Edge = Pick<Relationship, 'type' | 'from' | 'to'>;

const textOf = ({ type, from, to }: Edge): string => `${from} "${type}" ${to}`;

/** A source's word that was not taken, because of the one that stands. `isMade`: a person made that. */
export const keptNote = (edge: Edge, { value, change }: Stored<Relationship>, isMade: boolean): RecordWarning => {
  const written = change === undefined ? '' : `, last written by ${change.by} at ${change.at}`;
  const why = isMade
    ? `made by a person${written}. If it no longer holds, DELETE /relationships/${value.relationshipId}, and import again`
    : `which this source saw later, or at the same moment${written}`;
  return {
    code: 'relation-kept',
    detail: `${textOf(edge)} was not written. ${textOf(value)} (${value.relationshipId}) stands: ${why}.`,
  };
};

/** Two sources say different things where one of them can be right. */
export const doubledNote = (edge: Edge, { value }: Stored<Relationship>): RecordWarning => ({
  code: 'relation-doubled',
  detail:
    `${textOf(edge)} stands beside ${textOf(value)} (${value.relationshipId}), which ${value.sources.join(', ')} says; ` +
    'only one can be right. Make the right one by hand with POST /relationships and "replace": true.',
});

/** More of one record are not told one by one. */
const mostWaits = 20;

/** Relations of one record whose other end is not known. */
export const waitNotes = (waiting: readonly RawRelation[]): RecordWarning[] => {
  const notes = waiting.slice(0, mostWaits).map((relation) => ({ code: 'relation-waits', detail: waitText(relation) }));
  const more = waiting.length - notes.length;
  const rest = { code: 'relation-waits', detail: `${more} more relations of this record wait for their other end.` };
  return more > 0 ? [...notes, rest] : notes;
};

const waitText = ({ type, direction, record, identifiers = [] }: RawRelation): string => {
  const names = identifiers.map(({ type: of, value }) => `${of} ${value}`.slice(0, 200)).join(', ');
  const end = record === undefined ? `the one CI with ${names || 'no name'}` : `record ${record} of this source`;
  const text = direction === 'out' ? `this "${type}" ${end}` : `${end} "${type}" this`;
  return `The relationship ${text} waits: its other end is not known here yet. It is made when that is.`;
};
