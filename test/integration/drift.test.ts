import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  awsSnapshot,
  declaredGroup,
  declaredInstance,
  driftWorld,
  foundGroup,
  foundInstance,
  terraformState,
} from '../support/drift-world.ts';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { startFleet } from '../support/fleet.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

describe('drift on the real DynamoDB protocol', () => {
  it('is found whichever side comes first, is told once, and resolves itself', async () => {
    const state = terraformState([
      declaredGroup(1),
      declaredGroup(2),
      declaredInstance({ instance_type: 'm7i.large' }, [1, 2]),
    ]);
    const snapshot = (type: string, groups: number[], minute: number) =>
      awsSnapshot([foundGroup(1), foundGroup(2), foundInstance({ instanceType: type }, {}, groups)], minute);
    const { upload, findings, events } = driftWorld(await dynamo.emptyTable());
    await upload('aws', snapshot('m7i.xlarge', [1], 1));
    await upload('terraform', state);
    const told = (type: string) => events.filter((event) => event.type === type).length;
    const open = await findings({ state: 'open' });
    expect(open.map(({ subject }: { subject: string }) => subject).sort()).toEqual(['instanceType', 'securityGroup']);
    await upload('aws', snapshot('m7i.xlarge', [1], 2));
    await upload('aws', snapshot('m7i.large', [1, 2], 3));
    expect(await findings({ state: 'open' })).toEqual([]);
    expect(await findings({ state: 'resolved', class: 'virtual-machine' })).toHaveLength(2);
    expect([told('DriftDetected'), told('DriftResolved')]).toEqual([2, 2]);
  });
});

describe('a baseline on the real DynamoDB protocol', () => {
  it('of 300 CIs is whole, in two segments; its diff names just what changed, page by page', async () => {
    const table = await dynamo.emptyTable();
    const { ask, call, ci } = startFleet(table);
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      ids.push(...(await Promise.all(Array.from({ length: 10 }, (_, m) => ci(`gate-${n * 10 + m}`)))));
    }
    const body = { name: 'gates', scope: { class: 'server' } };
    const before = { ...table.meter };
    const baseline = await ask('createBaseline', { body });
    expect(baseline).toMatchObject({ status: 'ready', counts: { cis: 300 }, segments: 2 });
    expect((table.meter.readUnits - before.readUnits) / 300).toBeLessThan(4);
    const edited = ids.slice(0, 60);
    for (const ciId of edited) {
      await call('editCi', { path: { ciId }, body: { owner: 'Ramp' }, headers: { 'if-match': '"v1"' } });
    }
    const path = { baselineId: baseline.baselineId };
    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const query = { against: 'now', limit: '25', ...(cursor === '' ? {} : { cursor }) };
      const page = await ask('diffBaseline', { path, query });
      found.push(...page.items.map(({ ciId }: { ciId: string }) => ciId));
      if (page.nextCursor === undefined) break;
      cursor = page.nextCursor;
    }
    expect(found.sort()).toEqual([...edited].sort());
  });
});
