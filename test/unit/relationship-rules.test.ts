import { describe, expect, it } from '@jest/globals';
import { isAllowed } from '../../domain/relationship/ends.ts';
import { typeNames } from '../../domain/relationship/relationship-types.ts';
import { startApp } from '../support/app.ts';

const estate = async () => {
  const app = startApp();
  const ids: Record<string, string> = {};
  const make = async (name: string, ciClass: string) => {
    ids[name] = (await app.call('createCi', { body: { class: ciClass, name } })).body.ciId;
  };
  for (const [name, ciClass] of [
    ['vm', 'virtual-machine'],
    ['guest', 'virtual-machine'],
    ['host', 'server'],
    ['spare', 'server'],
    ['booking', 'business-service'],
    ['screen', 'peripheral'],
  ] as const) {
    await make(name, ciClass);
  }
  const relate = (from: string, type: string, to: string, more: object = {}) =>
    app.call('createRelationship', { body: { type, from: ids[from], to: ids[to], ...more } });
  const open = async (name: string, query: Record<string, string> = {}) =>
    (await app.call('listCiRelationships', { path: { ciId: ids[name] ?? '' }, query })).body.items;
  return { ...app, ids, make, relate, open };
};

describe('relationship types', () => {
  it('are listed with both names, what they may lead between, how many there may be, and what retiring does', async () => {
    const { call } = startApp();
    const { body } = await call('listRelationshipTypes', { query: { limit: '100' } });
    expect(body.items.map(({ type }: { type: string }) => type)).toEqual([...typeNames].sort());
    expect(body.items.find(({ type }: { type: string }) => type === 'runs on')).toEqual({
      type: 'runs on',
      label: 'Runs on',
      inverse: 'hosts',
      inverseLabel: 'Hosts',
      suffers: 'from',
      pairs: [
        { from: ['service', 'application', 'logical'], to: ['application', 'logical', 'physical'] },
        { from: ['physical'], to: ['physical'] },
      ],
      oneFrom: ['virtual-machine'],
      onRetire: { from: 'close', to: 'refuse' },
      attributes: ['group', 'need'],
    });
    const first = await call('listRelationshipTypes', { query: { limit: '6' } });
    const rest = await call('listRelationshipTypes', { query: { limit: '6', cursor: first.body.nextCursor } });
    expect([...first.body.items, ...rest.body.items]).toEqual(body.items);
  });

  it('are said from either end', async () => {
    const { ids, relate } = await estate();
    const hosts = await relate('host', 'Hosts', 'vm');
    expect(hosts.body).toMatchObject({ type: 'runs on', from: ids.vm, to: ids.host });
    expect((await relate('vm', 'runs on', 'host')).status).toBe(409);
    expect((await relate('booking', 'used_by', 'vm')).body).toMatchObject({ type: 'depends on', from: ids.vm });
    expect((await relate('host', 'contains', 'screen')).body).toMatchObject({ type: 'member of', to: ids.host });
    expect((await relate('host', 'has attached', 'screen')).body).toMatchObject({
      type: 'attached to',
      from: ids.screen,
    });
  });

  it('lead between fitting classes only, a tenant class counting as what it is below', async () => {
    const { call, relate, make } = await estate();
    const odd = await relate('host', 'runs on', 'booking');
    expect([odd.status, odd.body.errors]).toEqual([
      422,
      [
        {
          pointer: '#/body/type',
          detail:
            "'runs on' does not lead from a server to a business-service. It leads from service, application, logical to application, logical, physical; from physical to physical.",
        },
      ],
    ]);
    await call('createCiClass', { body: { class: 'flight-leg', label: 'Flight leg', extends: 'business-service' } });
    await make('leg', 'flight-leg');
    expect((await relate('vm', 'runs on', 'leg')).body.errors[0].detail).toMatch(/to a flight-leg/);
    expect((await relate('leg', 'runs on', 'vm')).status).toBe(201);
    expect(isAllowed('connected to', { class: 'database' }, { class: 'server' })).toBe(true);
    expect(isAllowed('connected to', { class: 'business-service' }, { class: 'server' })).toBe(false);
  });

  it('leave room for one where one is all there can be; replace closes it in the same act', async () => {
    const { ids, relate, open, call, make } = await estate();
    const first = (await relate('vm', 'runs on', 'host')).body;
    const second = await relate('spare', 'hosts', 'vm');
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({
      detail: `${ids.vm} runs on ${ids.host} already, and can only do so once.`,
      errors: [
        { pointer: '#/body/from', detail: `${first.relationshipId}: runs on ${ids.host} since ${first.validFrom}.` },
      ],
    });
    expect(second.body.fix).toContain(`DELETE /relationships/${first.relationshipId}`);
    expect((await relate('vm', 'depends on', 'spare')).status).toBe(201);
    const moved = await relate('spare', 'hosts', 'vm', { replace: true });
    expect(moved.status).toBe(201);
    expect(await open('vm', { type: 'runs on' })).toMatchObject([{ to: ids.spare }]);
    expect((await relate('guest', 'runs on', 'spare')).status).toBe(201);
    await call('closeRelationship', {
      path: { relationshipId: moved.body.relationshipId },
      headers: { 'if-match': '"v1"' },
    });
    expect((await relate('vm', 'runs on', 'host')).status).toBe(201);
    await make('third', 'server');
    expect((await relate('screen', 'attached to', 'host')).status).toBe(201);
    expect((await relate('screen', 'attached to', 'third')).status).toBe(409);
  });

  it('hold in a replacement too', async () => {
    const { ids, relate, call, open } = await estate();
    await relate('vm', 'runs on', 'host');
    await relate('guest', 'runs on', 'spare');
    const replace = (old: string, by: string) =>
      call('replaceCi', { path: { ciId: ids[old] ?? '' }, body: { byCiId: ids[by], reason: 'worn out' } });
    expect((await replace('vm', 'guest')).body.detail).toMatch(/already, and can only do so once/);
    expect((await replace('host', 'spare')).status).toBe(200);
    expect(await open('vm')).toMatchObject([{ type: 'runs on', to: ids.spare }]);
    expect((await relate('vm', 'runs on', 'host')).status).toBe(409);
  });

  it('lead to nothing that is retired', async () => {
    const { ids, relate, call } = await estate();
    await call('editCi', {
      path: { ciId: ids.host ?? '' },
      body: { status: 'retired' },
      headers: { 'if-match': '"v1"' },
    });
    expect((await relate('vm', 'runs on', 'host')).body.errors).toEqual([
      { pointer: '#/body/to', detail: `${ids.host} is retired.` },
    ]);
    expect((await relate('host', 'hosts', 'vm')).body.errors[0].pointer).toBe('#/body/from');
  });
});
