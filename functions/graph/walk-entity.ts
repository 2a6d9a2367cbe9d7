import * as z from 'zod';
import { WalkState } from '../../domain/graph/walk-state.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { digest } from '../shared/digest.ts';
import { defineEntity } from '../store/entity.ts';
import type { Table } from '../store/table.ts';

const keptForSeconds = 60 * 60;
/** Characters. A sealed cursor is a third longer; what is longer than this is kept in the table, in parts below its limit of 400 kB. */
const fitsCursor = 3000;
const partSize = 300_000;

const WalkPart = z.strictObject({ walkId: z.string(), part: z.int().nonnegative(), text: z.string() });
type WalkPart = z.infer<typeof WalkPart>;

export const walkEntity = defineEntity<WalkPart, Pick<WalkPart, 'walkId' | 'part'>>({
  name: 'walk',
  schema: WalkPart,
  tracked: false,
  id: ({ walkId, part }) => ({ walkId, part }),
  key: ({ walkId, part }) => ({ pk: `WALK#${walkId}`, sk: `#${part}` }),
  chart: 'where a long walk stopped, so that its cursor can go on; kept 1 h',
});

/** Where a walk stopped: the state itself, or in which parts of the table it lies. `question` is what the walk was asked. */
const Position = z.strictObject({
  question: z.string(),
  state: WalkState.optional(),
  stored: z.strictObject({ walkId: z.string(), parts: z.int().positive() }).optional(),
});

type Keeper = { table: Table; tenant: string; requestKey: string; now: string };

/** Keeps a state until the next request, and gives the position that a cursor is sealed over. */
export const keepWalk = async ({ table, tenant, requestKey, now }: Keeper, question: string, state: WalkState) => {
  const text = JSON.stringify(state);
  if (text.length <= fitsCursor) return { question, state };
  const walkId = digest(JSON.stringify([tenant, requestKey, question]));
  const parts = Array.from({ length: Math.ceil(text.length / partSize) }, (_, part) => ({
    walkId,
    part,
    text: text.slice(part * partSize, (part + 1) * partSize),
  }));
  const ttl = Math.ceil(Date.parse(now) / 1000) + keptForSeconds;
  await table.writeEach(
    parts.map((part) => ({ put: { ...walkEntity.toItem(tenant, part, 1), ttl }, expect: 'any' as const })),
  );
  return { question, stored: { walkId, parts: parts.length } };
};

/** The state that a cursor names. Throws `invalid-request` when it was given for another question, or is no longer kept. */
export const findWalk = async (table: Table, tenant: string, question: string, opened: unknown): Promise<WalkState> => {
  const position = Position.parse(opened);
  if (position.question !== question) throw refused('Send it with the same request as the answer it came with.');
  if (position.state !== undefined) return position.state;
  const { walkId, parts = 0 } = position.stored ?? {};
  const keys = Array.from({ length: parts }, (_, part) => walkEntity.keyOf(tenant, { walkId: walkId ?? '', part }));
  const items = (await table.getMany(keys, { consistent: true })).map((item) => walkEntity.fromItem(item).value);
  if (items.length < parts || parts === 0) throw refused('It is older than an hour; ask again without it.');
  return WalkState.parse(
    JSON.parse(
      items
        .sort((a, b) => a.part - b.part)
        .map(({ text }) => text)
        .join(''),
    ),
  );
};

const refused = (detail: string): Problem =>
  new Problem('invalid-request', 'The cursor leads nowhere.', { errors: [{ pointer: '#/cursor', detail }] });
