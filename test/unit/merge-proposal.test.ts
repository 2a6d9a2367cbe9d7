import { describe, expect, it } from '@jest/globals';
import { checkEstate } from '../support/import-check.ts';
import { agentJson } from '../support/import-fleet.ts';
import { startMergeWorld } from '../support/merge-world.ts';

describe('a record that leads to two things', () => {
  it('stays ambiguous, and proposes once to merge them, with the evidence', async () => {
    const world = startMergeWorld();
    const pair = await world.twice();
    expect(pair[0]).not.toBe(pair[1]);
    expect((await world.byBoth()).outcome).toBe('ambiguous');
    const [proposal, ...more] = await world.proposals();
    expect(more).toEqual([]);
    expect(proposal).toMatchObject({
      state: 'open',
      things: [...pair].sort().map((ciId) => ({ ciId })),
      evidence: {
        identifiers: expect.arrayContaining([
          { type: 'serial', value: 'MRG00001' },
          { type: 'uuid', value: expect.any(String) },
        ]),
        records: [{ source: 'intune', recordIndex: 0 }],
        rules: ['serial', 'uuid'],
      },
    });
    await world.byBoth({ os: 'Debian 13' });
    const [again, ...others] = await world.proposals();
    expect([again, others]).toEqual([proposal, []]);
    expect(world.standing().cis).toHaveLength(2);
    const event = world.table.items().find(({ e }) => e === 'merge proposal');
    expect(event?.c).toMatchObject({ type: 'MergeProposed', by: 'source:intune' });
    expect((await world.ask('getMergeProposal', { path: { proposalId: proposal.proposalId } })).state).toBe('open');
  });

  it('proposes nothing where something contradicts, and nothing in a plan', async () => {
    const world = startMergeWorld();
    await world.bySerial({ uuid: '7d3c2b1a-0000-4000-8000-000000000011' });
    await world.byUuid();
    expect((await world.byBoth()).outcome).toBe('ambiguous');
    expect(await world.proposals()).toEqual([]);

    const other = startMergeWorld();
    await other.twice();
    const both = agentJson({ name: 'ck-1', serial: 'MRG00001', uuid: '7d3c2b1a-0000-4000-8000-000000000077' });
    const { records } = await other.rig.importFile('intune', 'plan', both, { mode: 'plan' });
    expect(records[0]?.outcome).toBe('ambiguous');
    expect(await other.proposals()).toEqual([]);
  });
});

describe('a decision', () => {
  it('merges, and the record is the survivor when it comes again', async () => {
    const world = startMergeWorld();
    const [one, two] = await world.twice();
    await world.byBoth();
    const [{ proposalId }] = await world.proposals();
    const wrong = await world.decide(proposalId, { decision: 'merge', survivor: { ciId: `ci_${'q'.repeat(26)}` } });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '#/body/survivor']);
    const { status, body } = await world.decide(proposalId, { decision: 'merge', survivor: { ciId: one } });
    expect([status, body.state]).toEqual([200, 'merged']);
    expect(await world.proposals()).toEqual([]);
    expect(await world.byBoth({ os: 'Debian 13' })).toMatchObject({ outcome: 'linked', ciId: one });
    expect((await world.call('getCi', { path: { ciId: two } })).headers.location).toBe(`/cis/${one}`);
    expect(checkEstate(world.table.items())).toEqual([]);
    expect((await world.decide(proposalId, { decision: 'keep-apart' })).status).toBe(409);
    await world.unmerge(body.mergeId, { untold: 'survivor' });
    expect((await world.proposals('kept-apart')).map((one: { proposalId: string }) => one.proposalId)).toEqual([
      proposalId,
    ]);
  });

  it('keeps apart, and only other evidence asks again', async () => {
    const world = startMergeWorld();
    await world.twice();
    await world.byBoth();
    const [{ proposalId }] = await world.proposals();
    expect((await world.decide(proposalId, { decision: 'keep-apart', survivor: { ciId: 'x' } })).status).toBe(400);
    expect((await world.decide(proposalId, { decision: 'keep-apart' })).body).toMatchObject({
      state: 'kept-apart',
      decidedBy: 'kim',
      reason: 'seen by a person',
    });
    await world.byBoth({ os: 'Debian 13' });
    expect(await world.proposals()).toEqual([]);
    expect(await world.proposals('kept-apart')).toHaveLength(1);
    expect(world.standing().cis).toHaveLength(2);
  });

  it('holds for what the two were merged into since', async () => {
    const world = startMergeWorld();
    const [one, two] = await world.twice();
    await world.byBoth();
    const [{ proposalId }] = await world.proposals();
    const third = await world.ci('ck-1-by-hand');
    await world.merge(third, two);
    const { status, body } = await world.decide(proposalId, { decision: 'merge', survivor: { ciId: one } });
    expect([status, body.state]).toEqual([200, 'merged']);
    expect((await world.call('getCi', { path: { ciId: third } })).headers.location).toBe(`/cis/${one}`);
    expect(await world.ask('getMerge', { path: { mergeId: body.mergeId } })).toMatchObject({
      absorbed: { ciId: third },
    });
    expect(checkEstate(world.table.items())).toEqual([]);
  });

  it('has nothing left to merge when the two have become one by another way', async () => {
    const world = startMergeWorld();
    const [one, two] = await world.twice();
    await world.byBoth();
    const [{ proposalId }] = await world.proposals();
    const third = await world.ci('ck-1-by-hand');
    await world.merge(third, two);
    await world.merge(third, one);
    const { status, body } = await world.decide(proposalId, { decision: 'merge' });
    expect([status, body.state, body.mergeId]).toEqual([200, 'merged', undefined]);
    expect(await world.proposals()).toEqual([]);
  });

  it('is followed by the health of what was merged', async () => {
    const world = startMergeWorld();
    const [one, two] = await world.twice();
    await world.merge(one, two);
    const health = await world.call('getCiHealth', { path: { ciId: two } });
    expect([health.status, health.headers.location]).toEqual([308, `/cis/${one}/health`]);
  });
});
