import { describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';
import { discovered } from '../support/import-records.ts';
import { importRig, rigTenant } from '../support/import-rig.ts';
import { estateOf } from '../support/import-state.ts';
import { memoryTable } from '../support/memory-table.ts';

const machine = discovered({
  nativeKey: 'pc-1',
  ciClass: 'computer',
  sections: { device: { name: 'pc-1' }, os: { version: '11' } },
});

/** A computer that an agent has found, made a kiosk by a person. */
const kiosk = async () => {
  const table = memoryTable();
  const rig = importRig(table);
  const app = startApp(table);
  const call: typeof app.call = (name, request) => app.call(name, { ...request, tenant: rigTenant });
  await rig.importRecords('agents', 'a', [machine]);
  const definition = { class: 'kiosk', label: 'Kiosk', extends: 'computer', attributes: { gate: { type: 'text' } } };
  await call('createCiClass', { body: definition });
  const ciId = estateOf(table.items()).cis[0]?.value.ciId ?? '';
  const path = { ciId };
  const body = { class: 'kiosk', attributes: { gate: 'A1' } };
  const made = await call('editCi', { path, body, headers: { 'if-match': '"v1"' } });
  expect(made.status).toBe(200);
  const shown = async () => (await call('getCi', { path })).body;
  return { rig, call, shown, path };
};

describe('a class of the tenant’s own', () => {
  it('stays whatever class a source gives the thing, and binds no source', async () => {
    const { rig, shown } = await kiosk();
    const odd = { ...machine.sections, os: { version: 12, rumour: true }, gate: { colour: 'red' } };
    const { run } = await rig.importRecords('agents', 'b', [{ ...machine, ciClass: 'server', sections: odd }]);
    expect(run).toMatchObject({ status: 'completed', counts: { updated: 1, rejected: 0 } });
    const ci = await shown();
    expect(ci).toMatchObject({ class: 'kiosk', builtInClass: 'computer' });
    expect(ci.attributes).toMatchObject({ gate: 'A1', 'os.version': 12, 'os.rumour': true, 'gate.colour': 'red' });
  });

  it('follows the reconciliation rules of the classes that it is below', async () => {
    const { rig, call, shown } = await kiosk();
    const second = { ...machine, nativeKey: 'other', sections: { ...machine.sections, os: { version: '10' } } };
    await rig.importRecords('scanner', 'b', [{ ...second, observedAt: '2026-11-21T08:00:00.000Z' }]);
    expect((await shown()).attributes['os.version']).toBe('11');
    const rules = [{ class: 'computer', attribute: 'os.version', order: ['scanner', 'agents'] }];
    expect((await call('putReconciliationRules', { body: { rules }, headers: { 'if-match': '"v0"' } })).status).toBe(
      200,
    );
    for (let n = 0; n < 6; n += 1) await shown();
    expect((await shown()).attributes['os.version']).toBe('10');
  });

  it('is not left for one that needs what the CI has not', async () => {
    const { call, path } = await kiosk();
    const drop = {
      class: 'bag-drop',
      label: 'Bag drop',
      extends: 'kiosk',
      attributes: { belt: { type: 'integer', required: true } },
    };
    await call('createCiClass', { body: drop });
    const move = (body: object) => call('editCi', { path, body, headers: { 'if-match': '"v2"' } });
    const refused = await move({ class: 'bag-drop' });
    expect(refused.body.errors).toEqual([
      { pointer: '#/body/attributes/belt', detail: 'A bag-drop has belt (integer, of bag-drop): it is missing.' },
    ]);
    expect((await move({ class: 'bag-drop', attributes: { belt: 4 } })).body.attributes).toMatchObject({
      belt: 4,
      gate: 'A1',
    });
  });
});
