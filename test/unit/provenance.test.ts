import { describe, expect, it } from '@jest/globals';
import { ciEntity } from '../../functions/cis/entity.ts';
import { bookFirst, said, startOfTwoMinds as start } from '../support/two-minds.ts';
import { walkPages } from '../support/walk-pages.ts';

describe('provenance', () => {
  it('names every word on a field, and the rule that chose', async () => {
    const { put, fiveSecondsLater, explain } = start();
    const by = { observedAt: '2026-01-01T00:00:00.000Z', heardAt: '2026-01-01T00:00:00.000Z' };
    const plain = { locked: false, stale: false, fillsGaps: false, fits: true };
    const glpi = { source: 'glpi', half: 'discovery', section: 'device', value: 'crew1', ...by, ...plain };
    const books = {
      ...plain,
      source: 'books',
      half: 'book',
      section: 'device',
      value: 'Crew server',
      observedAt: '2026-01-31T00:00:00.000Z',
      heardAt: '2026-01-31T00:00:00.000Z',
    };
    expect(await explain('explainCi', 'name')).toEqual({
      attribute: 'name',
      value: 'crew1',
      winningSource: 'glpi',
      locked: false,
      rule: { class: 'ci', attribute: '*', order: ['discovery', 'book'], from: 'default' },
      values: [
        { ...glpi, wins: true },
        { ...books, wins: false },
      ],
    });
    const [rule] = bookFirst;
    await put([{ ...rule, freshness: 'P3650D', writeIfEmpty: ['glpi'] }], 0);
    await fiveSecondsLater();
    const own = await explain('explainCi', 'name');
    expect(own.rule).toEqual({ ...rule, freshness: 'P3650D', writeIfEmpty: ['glpi'], from: 'tenant', version: 1 });
    expect(own.values).toEqual([
      { ...books, wins: true },
      { ...glpi, wins: false, fillsGaps: true },
    ]);
    expect((await explain('explainAsset', 'model')).rule.from).toBe('default');
  });

  it('says what is stale, what is locked, and what does not fit; a lock opens with null', async () => {
    const { call, put, fiveSecondsLater, explain, ci } = start();
    await put([{ class: 'ci', attribute: '*', order: ['glpi', 'book'], freshness: 'PT1H' }], 0);
    await fiveSecondsLater();
    const standing = async (attribute: string) =>
      (await explain('explainCi', attribute)).values.map(
        ({ source, wins, stale, locked, fits }: Record<string, unknown>) =>
          [source, wins && 'wins', stale && 'stale', locked && 'locked', !fits && 'misfit'].filter(Boolean).join(' '),
      );
    expect(await standing('name')).toEqual(['glpi wins', 'books']);
    expect(await standing('criticality')).toEqual(['books misfit']);
    const edit = (name: string | null, version: number) =>
      call('editCi', { path: { ciId: ci.ciId }, body: { name }, headers: { 'if-match': `"v${version}"` } });
    expect((await edit('by hand', 1)).body.name).toBe('by hand');
    expect(await standing('name')).toEqual(['manual wins locked', 'glpi', 'books']);
    expect((await explain('explainCi', 'name')).locked).toBe(true);
    expect((await edit(null, 2)).body.name).toBe('crew1');
    expect(await standing('name')).toEqual(['glpi wins', 'books']);
  });

  it('tells of a past moment what sources had said by then', async () => {
    const { call, keepHistory, table, ci } = start();
    await keepHistory();
    const late = { type: 'CiUpdated', by: 'import', at: '2026-01-01T00:00:02.500Z', correlationId: 'late' };
    const facets = { ...ci.facets, glpi: said('discovery', 'device', { name: 'crew2' }) };
    table.put(ciEntity.toItem('skyways', { ...ci, facets }, 2, late));
    for (let n = 0; n < 5; n += 1) await call('getHealth');
    const name = async (query: Record<string, string>) =>
      (await call('explainCi', { path: { ciId: ci.ciId }, query })).body.items.find(
        (one: { attribute: string }) => one.attribute === 'name',
      ).value;
    expect([await name({}), await name({ asOf: '2026-01-01T00:00:02.000Z' })]).toEqual(['crew2', 'crew1']);
  });

  it('comes in pages when there is much to tell, and of things that are there only', async () => {
    const { call, table, ci } = start();
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`key${n}`, n]));
    table.put(ciEntity.toItem('skyways', { ...ci, facets: { glpi: said('discovery', 'os', many) } }, 1));
    const pages = await walkPages(call, 'explainCi', { path: { ciId: ci.ciId } });
    expect(pages.map(({ items }) => items.length)).toEqual([100, 100, 50]);
    expect(new Set(pages.flatMap(({ items }) => items.map((one: { attribute: string }) => one.attribute))).size).toBe(
      250,
    );
    const elsewhere = await call('explainCi', { path: { ciId: ci.ciId }, tenant: 'rivals' });
    expect(elsewhere.status).toBe(404);
  });
});
