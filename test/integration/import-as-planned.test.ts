import { describe, expect, it } from '@jest/globals';
import { bookCsv } from '../support/import-fleet.ts';
import { estateOf } from '../support/import-state.ts';
import { startUndoWorld } from '../support/undo-world.ts';

const rowOf = (n: number, Location: string) => ({
  'Asset Tag': `SKY-${n}`,
  'Serial Number': `PLAN000${n}`,
  Manufacturer: 'Dell',
  Location,
});
const planned = async () => {
  const world = startUndoWorld();
  await world.rig.importFile('register', 'a', bookCsv([rowOf(1, 'ARN'), rowOf(2, 'ARN')]));
  const moves = bookCsv([rowOf(1, 'OSL'), rowOf(2, 'OSL'), rowOf(3, 'OSL')]);
  const plan = await world.rig.importFile('register', 'p', moves, { mode: 'plan' });
  const apply = async () => {
    await world.rig.startApplying(plan.run.runId);
    const chunks = Array.from({ length: plan.run.chunks }, (_, chunk) => chunk);
    const { tenant, runId } = plan.run;
    await world.rig.context.queue.send(chunks.map((chunk) => ({ tenant, runId, phase: 'records', chunk })));
    await world.rig.work();
    return world.rig.read(plan.run.runId);
  };
  const locations = () =>
    estateOf(world.table.items())
      .assets.map(({ value }) => value.facets['register#book']?.sections.itam?.values)
      .map((values) => `${values?.serial} ${values?.location}`)
      .sort();
  return { ...world, plan, apply, locations };
};

describe('a plan that is applied', () => {
  it('tells which versions it was decided on, and is carried out when nothing has moved', async () => {
    const { plan, apply, locations } = await planned();
    expect(plan.records.map(({ outcome, seen }) => [outcome, seen])).toEqual([
      ['updated', { asset: 1 }],
      ['updated', { asset: 1 }],
      ['created', {}],
    ]);
    expect((await apply()).run.counts).toMatchObject({ updated: 2, created: 1, refused: 0 });
    expect(locations()).toEqual(['PLAN0001 OSL', 'PLAN0002 OSL', 'PLAN0003 OSL']);
  });
  it('does not force what has moved since, or would be another thing now', async () => {
    const { rig, apply, locations, queue } = await planned();
    await rig.importFile('register', 'b', bookCsv([rowOf(2, 'CPH')]));
    await rig.importFile('ledger', 'c', bookCsv([rowOf(3, 'GOT')]));
    const { run, records } = await apply();
    expect(run.counts).toMatchObject({ updated: 1, refused: 2, created: 0 });
    expect(records.map(({ errors }) => errors.map(({ reason }) => reason))).toEqual([
      [],
      [expect.stringMatching(/version 2 now; the plan saw version 1, by source:register/)],
      [expect.stringMatching(/would be ast_.* now; the plan said created/)],
    ]);
    expect(locations()).toEqual(['PLAN0001 OSL', 'PLAN0002 CPH', 'undefined undefined']);
    expect(await queue({ outcome: 'refused' })).toHaveLength(2);
  });
});
