import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { startMergeWorld } from '../support/merge-world.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

describe('a merge on the real DynamoDB protocol', () => {
  it('is proposed by an import, decided, followed by every read and by the next import, and taken back', async () => {
    const world = startMergeWorld((await dynamo.emptyTable()) as never);
    const [one, two] = await world.twice({ software: ['Boarding'] });
    const app = await world.ci('Check-in', 'application');
    await world.relate(app, 'runs on', two);
    const before = (await world.getCi(two)).updatedAt;
    expect((await world.byBoth()).outcome).toBe('ambiguous');
    const [proposal] = await world.proposals();
    const { status, body } = await world.decide(proposal.proposalId, { decision: 'merge', survivor: { ciId: one } });
    expect([status, body.state]).toEqual([200, 'merged']);
    expect((await world.call('getCi', { path: { ciId: two } })).headers.location).toBe(`/cis/${one}`);
    expect((await world.getCi(two, { asOf: before })).name).toBe('ck-1-kvm');
    const { items } = await world.ask('listCiRelationships', { path: { ciId: one } });
    expect(items.map(({ from }: { from: string }) => from)).toEqual([app]);
    const details = { path: { ciId: one, section: 'software' } };
    expect(await world.ask('getCiDetails', details)).toMatchObject({ source: 'ocs', items: [{ name: 'Boarding' }] });
    const again = await world.everySource({ os: 'Debian 13' });
    expect(new Set(again.slice(1).map((record) => record?.ciId))).toEqual(new Set([one]));
    expect((await world.ask('listMerges')).items).toHaveLength(1);
    expect((await world.unmerge(body.mergeId, { untold: 'survivor' })).body.merge.state).toBe('unmerged');
    expect((await world.getCi(two)).name).toBe('ck-1-kvm');
    const back = await world.ask('listCiRelationships', { path: { ciId: two } });
    expect(back.items.map(({ from }: { from: string }) => from)).toEqual([app]);
    expect(await world.proposals('kept-apart')).toHaveLength(1);
  });
});
