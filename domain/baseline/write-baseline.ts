import { type Digest, idFrom } from '../shared/id.ts';
import { Problem } from '../shared/problem.ts';
import type { Baseline, NewBaseline } from './baseline.ts';

type Start = { tenant: string; subject: string; now: string; asOf: string; requestKey: string; digest: Digest };

/** A baseline of which nothing is built yet. Its id comes from the request, so that a repeated request makes the same one. */
export const startBaseline = (input: NewBaseline, start: Start): Baseline => ({
  baselineId: idFrom('bsl', start.digest, start.tenant, start.requestKey),
  name: input.name,
  ...(input.note === undefined ? {} : { note: input.note }),
  scope: input.scope,
  asOf: start.asOf,
  status: 'building',
  counts: { cis: 0, edges: 0, bindings: 0 },
  segments: 0,
  hash: '',
  createdAt: start.now,
  createdBy: start.subject,
});

/** Throws `conflict` for a baseline that is not being built. */
export const continueBaseline = <Stored extends { value: Baseline }>(stored: Stored): Stored => {
  const { baselineId, status } = stored.value;
  if (status === 'building') return stored;
  throw new Problem('conflict', `${baselineId} is ${status}: there is nothing left to build.`);
};

/** Throws `conflict` for a baseline that is not whole: half a set must not be taken for the whole one. */
export const checkWhole = ({ baselineId, hash, after, status }: Baseline): void => {
  if (hash !== '' && after === undefined) return;
  if (status === 'retired') {
    throw new Problem('conflict', `${baselineId} was retired before it was whole.`, {
      fix: 'Make a new baseline of the same scope; give asOf for the same moment.',
    });
  }
  throw new Problem('conflict', `${baselineId} is not whole yet.`, {
    fix: `POST /baselines/${baselineId}/continue until its status is ready.`,
  });
};

/** The retired baseline; what it keeps stays readable. Throws `conflict` when it was retired before. */
export const retireBaseline = (baseline: Baseline): Baseline => {
  if (baseline.status === 'retired') throw new Problem('conflict', `${baseline.baselineId} is retired already.`);
  return { ...baseline, status: 'retired' };
};
