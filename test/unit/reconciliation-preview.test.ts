import { describe, expect, it } from '@jest/globals';
import type { Ci } from '../../domain/ci/ci.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import type { Answer } from '../support/app.ts';
import { bookFirst, said, startOfTwoMinds as start } from '../support/two-minds.ts';

describe('a preview of rules', () => {
  it('tells what would change, writes nothing but its own answer, and comes true', async () => {
    const { call, put, fiveSecondsLater, table, ci, asset } = start();
    const rules = [...bookFirst, { class: 'asset', attribute: 'manufacturer', order: ['book'] }];
    const before = table.items();
    const preview = await call('previewReconciliationRules', { body: { rules } });
    expect(table.items().filter(({ e }) => e !== 'idempotency')).toEqual(before);
    const [name, version] = [
      { before: 'crew1', after: 'Crew server' },
      { before: '12', after: '11' },
    ].map((one) => ({ ...one, winningSourceBefore: 'glpi', winningSourceAfter: 'books' }));
    expect(preview.body).toEqual({
      scanned: 2,
      entitiesChanged: 2,
      fieldsChanged: 3,
      items: [
        {
          entity: 'ci',
          ciId: ci.ciId,
          class: 'server',
          changes: [
            { field: 'name', ...name },
            { field: 'os.version', ...version },
          ],
        },
        {
          entity: 'asset',
          assetId: asset.assetId,
          class: 'asset',
          changes: [
            {
              field: 'manufacturer',
              before: 'Dell Inc.',
              after: 'Dell',
              winningSourceBefore: 'glpi',
              winningSourceAfter: 'books',
            },
          ],
        },
      ],
    });
    await put(rules, 0);
    await fiveSecondsLater();
    const { body } = await call('getCi', { path: { ciId: ci.ciId } });
    expect([body.name, body.attributes['os.version']]).toEqual(['Crew server', '11']);
    expect((await call('previewReconciliationRules', { body: { rules } })).body.items).toEqual([]);
  });

  it('passes over what was merged into another one', async () => {
    const { call, table, ci } = start();
    const gone: Ci = { ...ci, ciId: `ci_${'a'.repeat(26)}`, mergedInto: ci.ciId };
    table.put(ciEntity.toItem('skyways', gone, 1));
    const { body } = await call('previewReconciliationRules', { body: { rules: bookFirst } });
    expect(body.items.flatMap(({ ciId }: { ciId?: string }) => ciId ?? [])).toEqual([ci.ciId]);
  });

  it('goes through a class and those below it, in pages, with a cursor for the same rules only', async () => {
    const { call, table, ci } = start();
    for (const [n, ciClass] of ['server', 'computer', 'device', 'database', 'server'].entries()) {
      const other: Ci = { ...ci, ciId: `ci_${'abcde'[n]?.repeat(26)}`, class: ciClass as Ci['class'] };
      table.put(ciEntity.toItem('skyways', other, 1));
    }
    const rules = [{ class: 'ci', attribute: 'name', order: ['books'] }];
    const walk = async (body: object) => {
      const pages: Answer['body'][] = [];
      for (
        let cursor: string | undefined;
        pages.length === 0 || cursor !== undefined;
        cursor = pages.at(-1)?.nextCursor
      ) {
        pages.push((await call('previewReconciliationRules', { body: { rules, ...body, cursor } })).body);
      }
      return pages;
    };
    const classes = async (ruleClass: string | undefined) =>
      (await walk({ limit: 2, class: ruleClass })).flatMap(({ items }) => items.map((one: Ci) => one.class)).sort();
    expect(await classes('computer')).toEqual(['computer', 'server', 'server', 'server']);
    expect(await classes('database')).toEqual(['database']);
    expect(await classes('asset')).toEqual([]);
    expect(await classes('ci')).toHaveLength(6);
    expect(await classes(undefined)).toHaveLength(6);
    const pages = await walk({ limit: 2 });
    expect(pages.map(({ scanned }) => scanned)).toEqual([2, 2, 2, 1]);
    const cursor = pages[0]?.nextCursor;
    const others = await call('previewReconciliationRules', { body: { rules: [], limit: 2, cursor } });
    expect([others.status, others.body.errors[0].pointer]).toEqual([400, '#/body/cursor']);
  });

  it('counts what found no room on the page', async () => {
    const { call, table, ci } = start();
    const long = (letter: string) =>
      Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`key${n}`, letter.repeat(1000)]));
    const facets = { glpi: said('discovery', 'os', long('a')), 'books#book': said('book', 'os', long('b')) };
    table.put(ciEntity.toItem('skyways', { ...ci, facets }, 1));
    const { body } = await call('previewReconciliationRules', { body: { rules: bookFirst, class: 'server' } });
    expect(body.fieldsChanged).toBe(80);
    const [{ changes, changesLeftOut }] = body.items;
    expect(changes.length + changesLeftOut).toBe(80);
    expect(JSON.stringify(body).length).toBeLessThan(110_000);
  });
});
