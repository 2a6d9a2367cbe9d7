import { describe, expect, it } from '@jest/globals';
import { ciEntity } from '../../functions/cis/entity.ts';
import { sourceEntryEntity } from '../../functions/plan-import/source-entry.ts';
import { rulesEntity } from '../../functions/reconciliation/entity.ts';
import type { Item } from '../../functions/store/table.ts';
import { startApp } from '../support/app.ts';
import { importRig, rigTenant } from '../support/import-rig.ts';

const csv = (cells: { name?: string; location?: string; status?: string }) =>
  [
    'Asset Tag,Item Name,Serial,Manufacturer,Model,Location,Status',
    `SKY-0002,${cells.name ?? 'Tablet'},AP990077,Apple,iPad,${cells.location ?? 'Ramp'},${cells.status ?? 'Ready to Deploy'}`,
  ].join('\n');

const agent = (model: string, version = '12') =>
  JSON.stringify({
    deviceid: 'crew1-2026-01-01',
    action: 'inventory',
    content: {
      bios: { ssn: 'AP990077', smanufacturer: 'Apple', smodel: model },
      hardware: { name: 'crew1', uuid: '4C4C4544-0039-3510-8052-B4C04F4E3332' },
      operatingsystem: { name: 'Debian', version },
    },
  });

/** The import path and the API on one table. */
const start = () => {
  const app = startApp();
  const rig = importRig(app.table);
  let files = 0;
  const send = async (source: string, content: string, storedAt?: string, mode: 'apply' | 'plan' = 'apply') => {
    files += 1;
    const { records } = await rig.importFile(source, `${files}.txt`, content, { mode }, storedAt);
    const [record] = records;
    if (record === undefined) throw new Error('no record');
    return record;
  };
  const change = (record: Awaited<ReturnType<typeof send>>, field: string) =>
    record.changes?.find((one) => one.field === field);
  const edit = async (assetId: string | undefined, body: object) => {
    const path = { assetId: String(assetId) };
    const { headers } = await app.call('getAsset', { path });
    return app.call('editAsset', { path, body, headers: { 'if-match': headers.etag ?? '' } });
  };
  return { ...app, ...rig, send, change, edit };
};

describe('what an import says in vain', () => {
  it('is told with the value that stays and whose it is, in a plan as in an apply, until the lock is opened', async () => {
    const { send, change, edit, call } = start();
    const { assetId } = await send('books', csv({}));
    await edit(assetId, { location: 'Hangar 4' });
    const refused = {
      entity: 'asset',
      field: 'location',
      before: 'Hangar 4',
      incoming: 'Gate 7',
      after: 'Hangar 4',
      winningSource: 'manual',
    };
    expect(change(await send('books', csv({ location: 'Gate 7' }), undefined, 'plan'), 'location')).toEqual(refused);
    expect(change(await send('books', csv({ location: 'Gate 7' })), 'location')).toEqual(refused);
    const path = { assetId: String(assetId) };
    expect((await call('getAsset', { path })).body.location).toBe('Hangar 4');
    expect((await edit(assetId, { location: null })).body.location).toBe('Gate 7');
    expect(change(await send('books', csv({ location: 'Gate 9' })), 'location')).toEqual({
      ...refused,
      before: 'Gate 7',
      incoming: 'Gate 9',
      after: 'Gate 9',
      winningSource: 'books',
    });
  });

  it('is told when another source wins, and names it', async () => {
    const { send, change } = start();
    await send('glpi', agent('iPad 9'));
    const linked = await send('books', csv({}));
    expect(linked.outcome).toBe('linked');
    expect(change(linked, 'model')).toEqual({
      entity: 'asset',
      field: 'model',
      before: 'iPad 9',
      incoming: 'iPad',
      after: 'iPad 9',
      winningSource: 'glpi',
    });
    expect(change(linked, 'manufacturer')).toBeUndefined();
  });

  it('is told of a status that a person set', async () => {
    const { send, change, call } = start();
    const { assetId } = await send('books', csv({}));
    const path = { assetId: String(assetId) };
    expect((await call('transitionAsset', { path, body: { to: 'lost' } })).status).toBe(200);
    expect(change(await send('books', csv({ status: 'Deployed' })), 'status')).toEqual({
      entity: 'asset',
      field: 'status',
      before: 'lost',
      incoming: 'deployed',
      after: 'lost',
      winningSource: 'manual',
    });
  });

  it('goes by the rules of the tenant', async () => {
    const { send, change, table } = start();
    const rules = [{ class: 'asset' as const, attribute: 'manufacturer', order: ['books'] }];
    table.put(rulesEntity.toItem(rigTenant, { rules }, 1));
    await send('books', csv({}));
    const other = await send('glpi', agent('iPad').replace('"smanufacturer":"Apple"', '"smanufacturer":"Apple Inc."'));
    expect(change(other, 'manufacturer')).toMatchObject({
      incoming: 'Apple Inc.',
      after: 'Apple',
      winningSource: 'books',
    });
    const without = start();
    await without.send('books', csv({}));
    const shown = await without.send('glpi', agent('iPad').replace('"Apple"', '"Apple Inc."'));
    expect(change(shown, 'manufacturer')).toMatchObject({ after: 'Apple Inc.', winningSource: 'glpi' });
  });
});

describe('a source that says the same again', () => {
  const days = (n: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + n * 86_400_000).toISOString();
  const minding = { rules: [{ class: 'ci' as const, attribute: 'os.osVersion', order: ['glpi'], freshness: 'P10D' }] };
  const writesOf = (items: Item[]) => items.filter(({ e }) => e === 'ci' || e === 'asset' || e === 'source entry');

  it('is not silent where rules mind its silence: that is noted at most twice per window', async () => {
    const { send, table } = start();
    table.put(rulesEntity.toItem(rigTenant, minding, 1));
    const { ciId } = await send('glpi', agent('iPad'), days(0));
    const heard = async () => {
      const { value, version } = ciEntity.fromItem((await table.get(ciEntity.keyOf(rigTenant, String(ciId)))) as Item);
      return [version, value.facets.glpi?.heardAt];
    };
    expect((await send('glpi', agent('iPad'), days(4))).outcome).toBe('unchanged');
    expect(await heard()).toEqual([1, undefined]);
    const noted = await send('glpi', agent('iPad'), days(6));
    expect([noted.outcome, noted.changes]).toEqual(['unchanged', undefined]);
    expect(await heard()).toEqual([2, days(6)]);
    await send('glpi', agent('iPad'), days(8));
    expect(await heard()).toEqual([2, days(6)]);
    await send('glpi', agent('iPad'), days(12));
    expect(await heard()).toEqual([3, days(12)]);
    await send('glpi', agent('iPad', '13'), days(13));
    const item = table.items().find(({ e }) => e === 'source entry') as Item;
    expect(sourceEntryEntity.fromItem(item).value.heardAt).toBe(days(12));
  });

  it('writes nothing at all without such a rule, however long it has been', async () => {
    const { send, table } = start();
    await send('glpi', agent('iPad'), days(0));
    const before = writesOf(table.items());
    await send('glpi', agent('iPad'), days(900));
    expect(writesOf(table.items())).toEqual(before);
  });
});
