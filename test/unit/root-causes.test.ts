import { describe, expect, it } from '@jest/globals';
import { checkInWorld } from '../support/check-in-world.ts';
import { ciNumber } from '../support/graph-world.ts';

describe('POST /root-causes', () => {
  it('ranks what the symptoms share, with reasons, the same way every time', async () => {
    const { call, ids, nameOf } = await checkInWorld();
    const ask = async (...names: string[]) =>
      (await call('findRootCauses', { body: { symptoms: names.map((name) => ids[name]) } })).body;
    const { causes, truncated } = await ask('web-1', 'web-2', 'Boarding');
    expect(truncated).toBe(false);
    expect(nameOf(causes[0].ciId)).toBe('switch-a');
    expect(causes[0]).toMatchObject({ name: 'switch-a', class: 'server', touches: [], distance: { nearest: 1 } });
    expect(causes[0].explains).toHaveLength(3);
    expect(causes[0].reasons.map(({ code }: { code: string }) => code)).toEqual([
      'coverage',
      'recent-change',
      'distance',
    ]);
    expect((await ask('web-1', 'web-2', 'Boarding')).causes).toEqual(causes);
    const scores = causes.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const single = (await ask('Check-in')).causes;
    expect(nameOf(single[0].ciId)).toBe('Check-in');
    const spared = single.find(({ ciId }: { ciId: string }) => ciId === ids['switch-b']);
    expect(spared).toMatchObject({ explains: [], touches: [ids['Check-in']] });
    const path = { ciId: ids['web-1'] ?? '' };
    expect((await call('findRootCauses', { body: { symptoms: [path.ciId, ciNumber(1)] } })).status).toBe(404);
    const window = { from: '2026-02-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' };
    expect((await call('findRootCauses', { body: { symptoms: [path.ciId], window } })).status).toBe(422);
  });

  it('counts what changed within a window that is over, whatever changed since', async () => {
    const { call, ids, keepHistory } = await checkInWorld();
    const path = { ciId: ids['switch-a'] ?? '' };
    const edit = async (notes: string, version: number) => {
      await keepHistory();
      const headers = { 'if-match': `"v${version}"` };
      return (await call('editCi', { path, body: { description: notes }, headers })).body.updatedAt as string;
    };
    const first = await edit('new firmware', 1);
    await edit('new label', 2);
    const window = { from: '2026-01-01T00:00:00.000Z', to: first };
    const body = { symptoms: [ids['web-1'], ids['web-2']], window };
    for (const asked of [body, { ...body, asOf: first }]) {
      const [cause] = (await call('findRootCauses', { body: asked })).body.causes;
      expect(cause.ciId).toBe(path.ciId);
      const recent = cause.reasons.find(({ code }: { code: string }) => code === 'recent-change');
      expect(recent).toMatchObject({ points: 0.2, detail: `CiUpdated by kim at ${first}.` });
    }
  });
});
