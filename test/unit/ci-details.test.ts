import { describe, expect, it } from '@jest/globals';
import { startMergeWorld } from '../support/merge-world.ts';

type Item = { name: string };

const products = (count: number, first = 0): string[] =>
  Array.from({ length: count }, (_, n) => `Crew App ${String(first + n).padStart(3, '0')}`);

const startDetails = () => {
  const world = startMergeWorld();
  const details = (ciId: string, section = 'software', query: Record<string, string> = {}) =>
    world.call('getCiDetails', { path: { ciId, section }, query });
  const names = async (ciId: string, query: Record<string, string> = {}) =>
    (await details(ciId, 'software', query)).body.items.map(({ name }: Item) => name);
  const files = () => [...world.rig.data.kept.keys()].filter((key) => key.startsWith('details/'));
  return { ...world, details, names, files };
};

describe('the bulky lists of a CI', () => {
  it('are listed with their source, and read page by page in the list that was begun, though a newer one has come', async () => {
    const { bySerial, details, ask, names } = startDetails();
    const { ciId = '' } = await bySerial({ software: products(7) });
    const lists = await ask('listCiDetails', { path: { ciId } });
    const software = { section: 'software', source: 'glpi', at: '2026-05-01T06:00:00.000Z', count: 7 };
    expect(lists.items).toContainEqual({ ...software, hash: expect.stringMatching(/^[a-z2-7]{16}$/) });
    const first = await ask('listCiDetails', { path: { ciId }, query: { limit: '1' } });
    const rest = await ask('listCiDetails', { path: { ciId }, query: { limit: '50', cursor: first.nextCursor } });
    expect([...first.items, ...rest.items]).toEqual(lists.items);

    const begun = (await details(ciId, 'software', { limit: '3' })).body;
    expect(begun).toMatchObject(software);
    await bySerial({ software: products(2, 50), seenAt: '2026-05-09 06:00:00' });
    const second = (await details(ciId, 'software', { limit: '3', cursor: begun.nextCursor })).body;
    const third = (await details(ciId, 'software', { limit: '3', cursor: second.nextCursor })).body;
    expect([...begun.items, ...second.items, ...third.items].map(({ name }: Item) => name)).toEqual(products(7));
    expect([third.count, third.nextCursor]).toEqual([7, undefined]);
    expect(await names(ciId)).toEqual(products(2, 50));
    expect((await details(ciId, 'software', { source: 'glpi', cursor: begun.nextCursor })).status).toBe(400);
  });

  it('are those of the source that spoke last, of the one asked for, and of the moment asked about', async () => {
    const { bySerial, byBoth, details, names, getCi } = startDetails();
    const { ciId = '' } = await bySerial({ software: ['Old'] });
    const then = (await getCi(ciId)).updatedAt;
    await byBoth({ software: ['Other'] });
    await bySerial({ software: ['New'], seenAt: '2026-05-04 06:00:00' });
    expect([await names(ciId), await names(ciId, { source: 'intune' })]).toEqual([['New'], ['Other']]);
    expect(await names(ciId, { asOf: then })).toEqual(['Old']);
    expect((await details(ciId, 'software', { source: 'intune', asOf: then })).status).toBe(404);
    const unsaid = await details(ciId, 'software', { source: 'sccm' });
    expect([unsaid.status, unsaid.body.fix]).toEqual([404, expect.stringContaining('glpi, intune')]);
    const none = await details(ciId, 'printers');
    expect([none.status, none.body.fix]).toEqual([404, expect.stringContaining('software')]);
  });

  it('are found where they lie after a merge, after news that came meanwhile, and after it was taken back', async () => {
    const { bySerial, byUuid, details, merge, unmerge, names, getCi } = startDetails();
    const { ciId: one = '' } = await bySerial({ software: ['Kept'] });
    const { ciId: two = '' } = await byUuid({ software: ['Absorbed'] });
    const before = (await getCi(two)).updatedAt;
    const { body } = await merge(one, two);
    const led = await details(two, 'software', { source: 'ocs' });
    expect([led.status, led.headers.location]).toEqual([308, `/cis/${one}/details/software?source=ocs`]);
    expect(await names(one, { source: 'ocs' })).toEqual(['Absorbed']);
    expect(await names(two, { asOf: before })).toEqual(['Absorbed']);
    const news = await byUuid({ software: ['Meanwhile'], seenAt: '2026-05-08 06:00:00' });
    expect(news.ciId).toBe(one);
    expect(await names(one)).toEqual(['Meanwhile']);
    expect((await unmerge(body.merge.mergeId)).status).toBe(200);
    expect([await names(one), await names(two)]).toEqual([['Kept'], ['Meanwhile']]);
  });

  it.each([
    ['gone', (): undefined => undefined, 'is gone'],
    ['torn', (text: string) => text.slice(0, -2), 'is not what was written'],
    ['shorter', () => '[]', 'is not what was written'],
    ['another one', (text: string) => text.replace('Kept', 'Else'), 'is not what was written'],
  ])('that are %s are told of, with what to do', async (_how, damage, said) => {
    const { bySerial, details, files, rig, names } = startDetails();
    const { ciId = '' } = await bySerial({ software: ['Kept'] });
    expect(await names(ciId)).toEqual(['Kept']);
    const key = files().find((one) => one.includes('/software/')) ?? '';
    const kept = rig.data.kept.get(key);
    const next = damage(kept?.bytes.toString() ?? '');
    rig.data.kept.delete(key);
    if (next !== undefined && kept !== undefined) rig.data.kept.set(key, { ...kept, bytes: Buffer.from(next) });
    const { status, body } = await details(ciId);
    expect([status, body.detail]).toEqual([
      500,
      `The software of ${ciId} cannot be read: in the data bucket, ${key} ${said}.`,
    ]);
    expect(body.fix).toContain('Restore');
  });

  it('are nobody else’s', async () => {
    const { bySerial, call } = startDetails();
    const { ciId = '' } = await bySerial({ software: ['Kept'] });
    const asked = { path: { ciId, section: 'software' } };
    expect((await call('getCiDetails', { ...asked, tenant: 'rivals' })).status).toBe(404);
    expect((await call('getCiDetails', { ...asked, roles: [] as never })).status).toBe(403);
    expect((await call('getCiDetails', { path: { ciId, section: '..' } })).status).toBe(404);
    expect((await call('getCiDetails', { path: { ciId, section: 'a/b' } })).status).toBe(400);
  });
});
