import { describe, expect, it } from '@jest/globals';
import { flightTwelve, startFleet } from '../support/fleet.ts';
import { checkEstate } from '../support/import-check.ts';

const merging = () => {
  const fleet = startFleet();
  const merge = (survivor: string, absorbed: string, more: object = {}, query?: Record<string, string>) => {
    const thing = (id: string) => (id.startsWith('ci_') ? { ciId: id } : { assetId: id });
    return fleet.call('merge', {
      body: { survivor: thing(survivor), absorbed: thing(absorbed), ...more },
      ...(query === undefined ? {} : { query }),
    });
  };
  const unmerge = (mergeId: string, body: object = {}) => fleet.call('unmerge', { path: { mergeId }, body });
  const edges = async (ciId: string) => (await fleet.ask('listCiRelationships', { path: { ciId } })).items;
  return { ...fleet, merge, unmerge, edges };
};

describe('a merge of two CIs', () => {
  it('unites what is known, and leads every read of the old id to the survivor', async () => {
    const { ci, ask, call, merge, getCi, table } = merging();
    const [one, two] = [await ci('check-in', 'server'), await ci('check-in-old', 'server')];
    await call('editCi', { path: { ciId: two }, body: { owner: 'Ground' }, headers: { 'if-match': '"v1"' } });
    const before = (await ask('getCi', { path: { ciId: two } })).updatedAt;
    const { status, body } = await merge(one, two, { fields: { name: 'check-in' }, reason: 'listed twice' });
    expect([status, body.merge.state]).toEqual([201, 'merged']);
    expect(await getCi(one)).toMatchObject({ name: 'check-in', owner: 'Ground' });
    for (const [name, path] of [
      ['getCi', `/cis/${one}`],
      ['explainCi', `/cis/${one}/provenance`],
      ['listCiRelationships', `/cis/${one}/relationships`],
      ['listCiBindings', `/cis/${one}/bindings`],
    ] as const) {
      const answer = await call(name, { path: { ciId: two } });
      expect([name, answer.status, answer.headers.location]).toEqual([name, 308, path]);
      expect(answer.body).toMatchObject({ type: 'urn:hangar:problem:moved', mergedInto: one });
    }
    const asked = await call('listCiRelationships', { path: { ciId: two }, query: { direction: 'in' } });
    expect(asked.headers.location).toBe(`/cis/${one}/relationships?direction=in`);
    expect((await getCi(two, { asOf: before })).name).toBe('check-in-old');
    const history = await ask('listCiHistory', { path: { ciId: two } });
    expect(history.items[0]).toMatchObject({ change: { type: 'CisMerged' }, state: { mergedInto: one } });
    expect((await ask('listCis')).items.map(({ ciId }: { ciId: string }) => ciId)).toEqual([one]);
    const edit = await call('editCi', { path: { ciId: two }, body: {}, headers: { 'if-match': '"v3"' } });
    expect(edit).toMatchObject({ status: 409, body: { fix: `Say ${one} instead.` } });
    expect(checkEstate(table.items())).toEqual([]);
  });

  it('moves relationships, closes those that would be double, and those between the two', async () => {
    const { ci, relate, merge, edges, unmerge, ask } = merging();
    const [one, two] = [await ci('db-1'), await ci('db-1-again')];
    const [app, web] = [await ci('booking', 'application'), await ci('web', 'application')];
    await relate(app, 'runs on', one);
    await relate(app, 'runs on', two);
    await relate(web, 'runs on', two);
    await relate(one, 'connected to', two);
    const all = async () => Promise.all([one, app, web].map(edges));
    const before = [...(await all()), await edges(two)];
    const { body } = await merge(one, two);
    expect(body.moved.relationships).toBe(3);
    const ends = (await edges(one)).map(({ from, type }: { from: string; type: string }) => [from, type]).sort();
    expect(ends).toEqual(
      [
        [app, 'runs on'],
        [web, 'runs on'],
      ].sort(),
    );
    expect((await edges(web)).map(({ to }: { to: string }) => to)).toEqual([one]);
    expect((await edges(app)).length).toBe(1);
    expect((await unmerge(body.merge.mergeId)).status).toBe(200);
    const bare = (lists: { version: number }[][]) => lists.map((list) => list.map(({ version: _v, ...rest }) => rest));
    expect(bare([...(await all()), await edges(two)])).toEqual(bare(before));
    expect((await ask('getCi', { path: { ciId: two } })).name).toBe('db-1-again');
  });

  it('takes along what realises the absorbed one', async () => {
    const { ci, asset, bind, merge, unmerge, getAsset, bindings, table, ask } = merging();
    const [one, two] = [await ci('gate-7'), await ci('gate-7-agent')];
    const machine = await asset({ serial: 'SKYGATE7' });
    await bind(machine, two);
    const { body } = await merge(one, two);
    expect(body).toMatchObject({ opened: { assetId: machine, ciId: one }, closed: [{ ciId: two }] });
    expect((await getAsset(machine)).ciId).toBe(one);
    expect((await ask('lookUp', { query: { serial: 'SKYGATE7' } })).matches).toEqual([{ ciId: one, assetId: machine }]);
    expect(checkEstate(table.items())).toEqual([]);
    const back = await unmerge(body.merge.mergeId);
    expect(back.body).toMatchObject({ merge: { state: 'unmerged' }, opened: { assetId: machine, ciId: two } });
    expect((await bindings(one)).every(({ validTo }: { validTo?: string }) => validTo !== undefined)).toBe(true);
    expect((await getAsset(machine)).ciId).toBe(two);
    expect(checkEstate(table.items())).toEqual([]);
  });

  it('asks what becomes of two assets, and does either', async () => {
    for (const choice of ['merge', 'mine', 'theirs'] as const) {
      const { ci, asset, bind, merge, unmerge, getAsset, getCi, call, table } = merging();
      const [one, two] = [await ci('a'), await ci('b')];
      const [mine, theirs] = [await asset({ serial: 'SKYAAA1' }), await asset({ serial: 'SKYBBB2', holder: 'Kim' })];
      await bind(mine, one);
      await bind(theirs, two);
      const asked = await merge(one, two);
      expect(asked).toMatchObject({ status: 409, body: { errors: [{ pointer: '#/body/assets' }] } });
      expect(asked.body.fix).toContain('merge');
      const assets = choice === 'merge' ? choice : { keep: choice === 'mine' ? mine : theirs };
      const { status, body } = await merge(one, two, { assets });
      expect([choice, status]).toEqual([choice, 201]);
      expect((await getCi(one)).assetId).toBe(choice === 'theirs' ? theirs : mine);
      if (choice === 'merge') {
        expect(body.contradictions).toEqual(['serial differs: SKYAAA1 and SKYBBB2']);
        expect((await getAsset(mine)).holder).toBe('Kim');
        expect((await call('getAsset', { path: { assetId: theirs } })).status).toBe(308);
        const found = await call('lookUp', { query: { serial: 'SKYBBB2' } });
        expect(found.body.matches).toEqual([{ ciId: one, assetId: mine }]);
      }
      expect(checkEstate(table.items())).toEqual([]);
      expect((await unmerge(body.merge.mergeId)).status).toBe(200);
      expect([(await getCi(one)).assetId, (await getCi(two)).assetId]).toEqual([mine, theirs]);
      expect((await getAsset(mine)).holder).toBeUndefined();
      expect(checkEstate(table.items())).toEqual([]);
    }
  });

  it('writes nothing in a preview', async () => {
    const { ci, merge, table } = merging();
    const [one, two] = [await ci('a'), await ci('b')];
    const before = table.items();
    const { body } = await merge(one, two, {}, { preview: 'true' });
    expect(body).toMatchObject({
      preview: true,
      survivor: { ci: { ciId: one } },
      absorbed: { ci: { mergedInto: one } },
    });
    expect(table.items()).toEqual(before);
  });

  it('is refused where two are never one', async () => {
    const { ci, asset, merge, bind } = merging();
    const [server, service] = [await ci('a'), await ci('Booking', 'business-service')];
    const software = await asset({ kind: 'software', name: 'Office' });
    const hardware = await asset({ serial: 'SKYCCC3' });
    expect((await merge(server, server)).status).toBe(422);
    expect((await merge(server, service)).status).toBe(422);
    expect((await merge(hardware, software)).status).toBe(422);
    expect((await merge(server, hardware)).status).toBe(400);
    expect((await merge(server, await ci('b'), { fields: { serial: 'X' } })).status).toBe(422);
    const [other, box] = [await asset({ serial: 'SKYDDD4' }), await ci('c')];
    await bind(hardware, server);
    await bind(other, box);
    expect((await merge(hardware, other)).body.errors[0].detail).toContain('Both realise a CI');
  });
});

describe('a merge of two assets', () => {
  it('gives the CI to the survivor and the identifiers with it', async () => {
    const { ci, asset, bind, merge, unmerge, getAsset, ask, table } = merging();
    const [book, found] = [await asset({ assetTag: 'SKY-1' }), await asset({ serial: 'SKYEEE5' })];
    const ciId = await ci('a');
    await bind(found, ciId);
    const { body } = await merge(book, found);
    expect(await getAsset(book)).toMatchObject({ ciId, serial: 'SKYEEE5', assetTag: 'SKY-1' });
    expect((await ask('lookUp', { query: { serial: 'SKYEEE5' } })).matches).toEqual([{ assetId: book, ciId }]);
    expect(checkEstate(table.items())).toEqual([]);
    await unmerge(body.merge.mergeId);
    expect((await ask('lookUp', { query: { serial: 'SKYEEE5' } })).matches).toEqual([{ assetId: found, ciId }]);
    expect((await ask('lookUp', { query: { assetTag: 'SKY-1' } })).matches).toEqual([{ assetId: book }]);
  });
});

describe('taking a merge back', () => {
  it('keeps with the survivor what a person has set since, and goes from the last merge backwards', async () => {
    const { ci, merge, unmerge, call, getCi, ask } = merging();
    const [one, two, three] = [await ci('a'), await ci('b'), await ci('c')];
    const first = (await merge(one, two)).body.merge.mergeId;
    const second = (await merge(one, three)).body.merge.mergeId;
    expect((await call('getCi', { path: { ciId: two } })).headers.location).toBe(`/cis/${one}`);
    expect((await unmerge(first)).body.fix).toBe(`Take ${second} back first.`);
    const { version } = await getCi(one);
    await call('editCi', { path: { ciId: one }, body: { owner: 'Crew' }, headers: { 'if-match': `"v${version}"` } });
    expect((await unmerge(second)).status).toBe(200);
    expect((await unmerge(first)).status).toBe(200);
    expect((await unmerge(first)).status).toBe(409);
    expect([(await getCi(one)).owner, (await getCi(two)).owner]).toEqual(['Crew', undefined]);
    expect([(await getCi(one)).name, (await getCi(two)).name, (await getCi(three)).name]).toEqual(['a', 'b', 'c']);
    expect((await ask('listMerges')).items.map(({ mergeId }: { mergeId: string }) => mergeId)).toEqual([second, first]);
    expect((await ask('getMerge', { path: { mergeId: first } })).unmerged).toMatchObject({ by: 'kim' });
  });

  it('is refused after a swap, and says what to do', async () => {
    const { ciId, second, swap, ci, call } = await flightTwelve();
    const other = await ci('flight-12-again');
    const { body } = await call('merge', { body: { survivor: { ciId }, absorbed: { ciId: other } } });
    await swap(ciId, { assetId: second });
    const answer = await call('unmerge', { path: { mergeId: body.merge.mergeId }, body: {} });
    expect(answer).toMatchObject({ status: 409, body: { detail: `${ciId} has been bound or unbound since.` } });
  });
});
