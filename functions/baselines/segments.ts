import * as z from 'zod';
import { FrozenCi } from '../../domain/baseline/frozen-ci.ts';
import { canonical } from '../../domain/shared/canonical.ts';
import { Problem } from '../../domain/shared/problem.ts';
import { text, texts } from '../../domain/shared/scalars.ts';
import { getLines } from '../objects/ndjson.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { digest } from '../shared/digest.ts';

/** One segment as the list of segments names it: the hash of its content, and which CIs it holds, in order. */
export const SegmentEntry = z.strictObject({ hash: text, ids: texts });
export type SegmentEntry = z.infer<typeof SegmentEntry>;

type Place = { data: ObjectStore; tenant: string; baselineId: string };

/** Objects are named by their content, so that a request that is tried again never writes over what another one has committed. */
const keyOf = ({ tenant, baselineId }: Place, kind: 'segment' | 'list', hash: string): string =>
  `baselines/${tenant}/${baselineId}/${kind}-${hash}.ndjson`;

const put = async (place: Place, kind: 'segment' | 'list', values: readonly unknown[]): Promise<string> => {
  const content = values.map((value) => `${canonical(value)}\n`).join('');
  const hash = digest(content);
  await place.data.put(keyOf(place, kind, hash), content, 'application/x-ndjson');
  return hash;
};

export const putSegment = (place: Place, cis: readonly FrozenCi[]): Promise<string> => put(place, 'segment', cis);
export const putSegmentList = (place: Place, entries: readonly SegmentEntry[]): Promise<string> =>
  put(place, 'list', entries);

/** Throws `internal` for what is gone or is not what was written: nothing but what was frozen is ever shown of a baseline. */
const read = async (place: Place, kind: 'segment' | 'list', hash: string): Promise<unknown[]> => {
  const key = keyOf(place, kind, hash);
  const get: ObjectStore['get'] = async (name) => (await place.data.get(name)) ?? lost(place, `${key} is gone`);
  const lines = await getLines({ ...place.data, get }, key).catch((error: unknown) => {
    throw error instanceof SyntaxError ? lost(place, `${key} is damaged`) : error;
  });
  if (digest(lines.map((line) => `${canonical(line)}\n`).join('')) === hash) return lines;
  return lost(place, `${key} is not what was written`);
};

const lost = ({ baselineId }: Place, what: string): never => {
  throw new Problem('internal', `What ${baselineId} kept cannot be read: in the data bucket, ${what}.`, {
    fix: 'Restore the former version of that object; the bucket keeps versions. Or retire this baseline and make it again as of its moment.',
  });
};

export const getSegment = async (place: Place, { hash }: SegmentEntry): Promise<FrozenCi[]> =>
  z.array(FrozenCi).parse(await read(place, 'segment', hash));

export const getSegmentList = async (place: Place, hash: string): Promise<SegmentEntry[]> =>
  z.array(SegmentEntry).parse(await read(place, 'list', hash));
