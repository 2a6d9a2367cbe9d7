import { describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';
import { putDiscovered } from '../support/discovered.ts';
import { walkPages } from '../support/walk-pages.ts';

const kiosk = {
  class: 'check-in kiosk',
  label: 'Check-in kiosk',
  extends: 'computer',
  attributes: {
    terminal: { type: 'enum', options: ['T2', 'T5'], required: true },
    gate: { type: 'text', pattern: '[A-F]\\d{1,2}' },
    paperWidth: { type: 'integer', min: 50, max: 90, unit: 'mm' },
    installedOn: { type: 'date' },
  },
};

const model = async () => {
  const app = startApp();
  const made = await app.call('createCiClass', { body: kiosk });
  expect(made.status).toBe(201);
  const put = (name: string, version: number, body: unknown) =>
    app.call('putCiClass', { path: { class: name }, body, headers: { 'if-match': `"v${version}"` } });
  const enter = (body: Record<string, unknown>) =>
    app.call('createCi', { body: { class: 'check-in-kiosk', name: 'k1', ...body } });
  return { ...app, made: made.body, put, enter };
};

// biome-ignore lint/suspicious/noExplicitAny: an answer, read by its field names
const attributesOf = (body: any): Record<string, any> =>
  Object.fromEntries(body.attributes.map((one: { name: string }) => [one.name, one]));

describe('CI classes', () => {
  it('inherit layer and attributes, and say where each comes from', async () => {
    const { call, made } = await model();
    expect(made).toMatchObject({
      class: 'check-in-kiosk',
      layer: 'physical',
      extends: 'computer',
      builtInClass: 'computer',
      path: ['device', 'computer', 'check-in-kiosk'],
      asset: true,
      own: true,
      version: 1,
    });
    const attributes = attributesOf(made);
    expect(attributes.terminal).toMatchObject({ from: 'check-in-kiosk', own: true, definition: { required: true } });
    expect(attributes['os.version']).toMatchObject({ from: 'computer', own: false });
    expect(attributes.rackUnit).toMatchObject({ from: 'device', definition: { type: 'integer', unit: 'U' } });
    expect(attributes['tags.*']).toMatchObject({ from: 'ci' });
    const read = await call('getCiClass', { path: { class: 'Check-in_Kiosk' } });
    expect([read.status, read.headers.etag, read.body]).toEqual([200, '"v1"', made]);
    const names = (await walkPages(call, 'listCiClasses', { query: { limit: '7' } })).flatMap(({ items }) =>
      items.map((one: { class: string }) => one.class),
    );
    expect(names).toHaveLength(19);
    expect(names).toEqual([...names].sort());
    expect((await call('listCiClasses', { tenant: 'others' })).body.items).toHaveLength(18);
  });

  it('of a tenant are taken by CIs, which are listed with the broader classes', async () => {
    const { call, enter } = await model();
    const { body } = await enter({ attributes: { terminal: 'T5', gate: 'A12' } });
    expect(body).toMatchObject({ class: 'check-in-kiosk', builtInClass: 'computer', attributes: { gate: 'A12' } });
    const named = async (query: Record<string, string>) =>
      (await call('listCis', { query })).body.items.map(({ name }: { name: string }) => name).sort();
    const device = { class: 'device', name: 'd1', owner: 'Ground Ops', criticality: 'high' };
    const { updatedAt } = (await call('createCi', { body: device })).body;
    await call('createCi', { body: { class: 'power', name: 'p1' } });
    expect(await named({ class: 'computer' })).toEqual(['k1']);
    expect(await named({ class: 'check-in kiosk' })).toEqual(['k1']);
    expect(await named({ class: 'device' })).toEqual(['d1', 'k1', 'p1']);
    expect(await named({ class: 'device', asOf: updatedAt })).toEqual(['d1', 'k1']);
    expect(await named({ class: 'server' })).toEqual([]);
    expect(await named({ owner: 'ground ops', criticality: 'high' })).toEqual(['d1']);
    expect(await named({ owner: 'ground ops', environment: 'test' })).toEqual([]);
    const moved = await call('editCi', {
      path: { ciId: body.ciId },
      body: { class: 'server' },
      headers: { 'if-match': '"v1"' },
    });
    expect(moved.body).toMatchObject({ class: 'server', attributes: { gate: 'A12', terminal: 'T5' } });
    expect(moved.body).not.toHaveProperty('builtInClass');
    expect(await named({ class: 'check-in-kiosk' })).toEqual([]);
  });

  it('hold what people write to its type, all faults at once, each with its place and what is near', async () => {
    const { enter } = await model();
    const faults = { terminal: 'T9', gate: 'Z1', paperWidth: 10.5, installedOn: '2026-02-30', 'os.verison': '1' };
    const { status, body } = await enter({ attributes: faults });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: '#/body/attributes/terminal', detail: 'One of: T2, T5.' },
      { pointer: '#/body/attributes/gate', detail: 'Up to 200 characters that match [A-F]\\d{1,2}.' },
      { pointer: '#/body/attributes/paperWidth', detail: 'A whole number.' },
      { pointer: '#/body/attributes/installedOn', detail: 'It takes a date such as 2026-05-03.' },
      {
        pointer: '#/body/attributes/os.verison',
        detail: expect.stringMatching(/has no attribute os.verison. Near it: os.version/),
      },
    ]);
    const missing = await enter({});
    expect(missing.body.errors[0].detail).toBe(
      'A check-in-kiosk has terminal (enum, of check-in-kiosk): it is missing.',
    );
    const unknown = await enter({ class: 'check-in-kiosks' });
    expect(unknown.body.errors).toEqual([
      { pointer: '#/body/class', detail: 'No class is called that. Near it: check-in-kiosk.' },
    ]);
    const right = { terminal: 'T2', paperWidth: 80, installedOn: '2026-02-28', 'tags.zone': 'airside' };
    expect((await enter({ attributes: right })).status).toBe(201);
  });

  it('let what a source says be corrected though no class knows it', async () => {
    const { call, table } = startApp();
    const ci = putDiscovered(table);
    const odd = { ...ci.facets.glpi?.sections.os?.values, flavour: 'odd' };
    expect(odd).toHaveProperty('flavour');
    const edit = (attributes: unknown, version: number) =>
      call('editCi', { path: { ciId: ci.ciId }, body: { attributes }, headers: { 'if-match': `"v${version}"` } });
    expect((await edit({ 'os.flavour': 'plain' }, 1)).status).toBe(422);
    const found = { 'vendor.blob': { at: ci.createdAt, hash: 'h9', values: { key: 'x' } } };
    const facets = { ...ci.facets, tool: { half: 'discovery' as const, sections: { vendor: found['vendor.blob'] } } };
    const { ciEntity } = await import('../../functions/cis/entity.ts');
    table.put(
      ciEntity.toItem('skyways', { ...ci, facets }, 1, {
        type: 'CiUpdated',
        by: 'x',
        at: ci.createdAt,
        correlationId: 'r',
      }),
    );
    expect((await edit({ 'vendor.key': 'y' }, 1)).body.attributes).toMatchObject({ 'vendor.key': 'y' });
  });
});

describe('changes of a class', () => {
  it('retire what is left out: it stays shown and takes no new value, and comes back when it is named again', async () => {
    const { call, enter, put } = await model();
    const { ciId } = (await enter({ attributes: { terminal: 'T5', gate: 'A1' } })).body;
    const { gate: _gate, ...others } = kiosk.attributes;
    const changed = await put('check-in-kiosk', 1, { attributes: others, reason: 'gates are elsewhere' });
    expect(attributesOf(changed.body).gate).toMatchObject({ retired: true });
    expect((await call('getCi', { path: { ciId } })).body.attributes).toMatchObject({ gate: 'A1' });
    const edit = (attributes: unknown, version: number) =>
      call('editCi', { path: { ciId }, body: { attributes }, headers: { 'if-match': `"v${version}"` } });
    expect((await edit({ gate: 'A2' }, 1)).body.errors[0].detail).toMatch(/gate is retired/);
    expect((await edit({ terminal: null }, 1)).body.errors[0].detail).toMatch(/cannot be without terminal/);
    expect((await edit({ gate: null }, 1)).body.attributes).not.toHaveProperty('gate');
    await put('check-in-kiosk', 2, { attributes: kiosk.attributes });
    expect((await edit({ gate: 'A2' }, 2)).body.attributes).toMatchObject({ gate: 'A2' });
  });

  it('only widen a type, and need the version that was read', async () => {
    const { put, call } = await model();
    const narrow = { ...kiosk.attributes, gate: { type: 'integer' }, paperWidth: { type: 'number' } };
    const refused = await put('check-in-kiosk', 1, { attributes: narrow });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '#/body/attributes/gate/type' }]);
    expect(refused.body.fix).toMatch(/retired/);
    const { gate: _gate, ...wider } = narrow;
    expect((await put('check-in-kiosk', 1, { attributes: wider })).body.version).toBe(2);
    expect((await put('check-in-kiosk', 1, { attributes: {} })).status).toBe(412);
    const clash = { ...kiosk, class: 'gate reader', attributes: { rackUnit: { type: 'text', many: true } } };
    expect((await call('createCiClass', { body: clash })).body.errors[0].detail).toMatch(
      /rackUnit is of type integer in device/,
    );
  });

  it('put attributes onto a built-in class, beginning at version 0', async () => {
    const { call, put, enter } = await model();
    const read = await call('getCiClass', { path: { class: 'computer' } });
    expect([read.headers.etag, read.body.own]).toEqual(['"v0"', false]);
    const changed = await put('computer', 0, { attributes: { costCode: { type: 'text', max: 6 } } });
    expect(attributesOf(changed.body).costCode).toMatchObject({ from: 'computer', own: true });
    const { body } = await enter({ attributes: { terminal: 'T2', costCode: 'CC-1' } });
    expect(body.attributes).toEqual({ costCode: 'CC-1', terminal: 'T2' });
    const odd = await put('computer', 1, { label: 'PC', retired: true, attributes: {} });
    expect(odd.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/body/label',
      '#/body/retired',
    ]);
  });

  it('retire a class: its CIs stay, new ones are refused, and so is a class below it', async () => {
    const { call, put, enter } = await model();
    const { ciId } = (await enter({ attributes: { terminal: 'T2' } })).body;
    await put('check-in-kiosk', 1, { attributes: kiosk.attributes, retired: true });
    expect((await call('getCi', { path: { ciId } })).body.class).toBe('check-in-kiosk');
    expect((await enter({ attributes: { terminal: 'T2' } })).body.detail).toMatch(/retired: it takes no new CIs/);
    const below = await call('createCiClass', {
      body: { class: 'bag-drop', label: 'Bag drop', extends: 'check-in-kiosk' },
    });
    expect(below.body.errors[0].pointer).toBe('#/body/extends');
  });

  it('are refused for names that are taken, and kept in history', async () => {
    const { call, put, keepHistory } = await model();
    expect((await call('createCiClass', { body: kiosk })).status).toBe(409);
    expect((await call('createCiClass', { body: { ...kiosk, class: 'server' } })).status).toBe(409);
    expect((await call('createCiClass', { body: { ...kiosk, class: 'asset' } })).status).toBe(422);
    expect((await call('createCiClass', { body: { ...kiosk, class: 'x', extends: 'comptuer' } })).body.errors).toEqual([
      { pointer: '#/body/extends', detail: 'No class is called that. Near it: computer.' },
    ]);
    expect((await call('createCiClass', { body: kiosk, roles: ['viewer'] })).status).toBe(403);
    await keepHistory();
    await put('check-in-kiosk', 1, { attributes: {} });
    await keepHistory();
    const { body } = await call('listCiClassHistory', { path: { class: 'check-in-kiosk' } });
    expect(
      body.items.map(({ change, version }: { change: { type: string }; version: number }) => [version, change.type]),
    ).toEqual([
      [2, 'CiClassChanged'],
      [1, 'CiClassCreated'],
    ]);
    expect((await call('listCiClassHistory', { path: { class: 'printer' } })).body.items).toEqual([]);
    expect((await call('getCiClass', { path: { class: 'prnter' } })).body.detail).toMatch(/Near it: printer/);
  });

  it.each([
    [{ type: 'enum' }, 'options'],
    [{ type: 'text', options: ['a'] }, 'options'],
    [{ type: 'date', min: 1 }, 'min'],
    [{ type: 'number', min: 2, max: 1 }, 'max'],
    [{ type: 'integer', pattern: 'a' }, 'pattern'],
    [{ type: 'text', pattern: '(a+)+b' }, 'pattern'],
    [{ type: 'text', pattern: '(a' }, 'pattern'],
    [{ type: 'text', pattern: 'a*a*a*' }, 'pattern'],
  ])('refuse the definition %j', async (definition, at) => {
    const { put } = await model();
    const { body, status } = await put('check-in-kiosk', 1, { attributes: { odd: definition } });
    expect([status, body.errors[0].pointer]).toEqual([400, `#/body/attributes/odd/${at}`]);
  });
});
