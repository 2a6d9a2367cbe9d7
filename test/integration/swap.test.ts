import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoForTests } from '../support/dynamo-for-tests.ts';
import { startFleet } from '../support/fleet.ts';

let dynamo: Awaited<ReturnType<typeof dynamoForTests>>;
beforeAll(async () => {
  dynamo = await dynamoForTests();
});
afterAll(() => dynamo.stop());

type Interval = { assetId: string; validFrom: string; validTo?: string };

describe('a swap on the real DynamoDB protocol', () => {
  it('is done, read as of any moment, and taken back', async () => {
    const { ci, asset, bind, swap, revert, bindings, getCi, getAsset, relate, ask } = startFleet(
      await dynamo.emptyTable(),
    );
    const [flight, booking] = [await ci('flight-12'), await ci('Booking', 'business-service')];
    const edge = await relate(booking, 'runs on', flight);
    const [kaa, kbb] = [await asset({ serial: 'OY-KAA', location: 'Gate 7' }), await asset({ serial: 'OY-KBB' })];
    const flown = (await bind(kaa, flight)).validFrom;
    const preview = await swap(flight, { assetId: kbb }, { preview: 'true' });
    expect(preview.body.atRisk.services.map(({ ciId }: { ciId: string }) => ciId)).toEqual([booking]);
    expect((await getCi(flight)).assetId).toBe(kaa);
    const { opened } = (await swap(flight, { assetId: kbb })).body;
    expect((await getCi(flight, { asOf: flown })).assetId).toBe(kaa);
    expect((await getCi(flight, { asOf: opened.validFrom })).assetId).toBe(kbb);
    expect(await getAsset(kbb, { asOf: flown })).toMatchObject({ status: 'in-stock', version: 1 });
    expect((await revert(flight)).status).toBe(200);
    expect(await getAsset(kaa)).toMatchObject({ location: 'Gate 7', ciId: flight, status: 'in-stock' });
    expect((await bindings(flight)).map(({ assetId }: Interval) => assetId)).toEqual([kaa, kbb, kaa]);
    const list = async (query: Record<string, string>) =>
      (await ask('listCiRelationships', { path: { ciId: flight }, query })).items;
    expect(await list({ asOf: flown })).toEqual([edge]);
    expect((await ask('listAssets', { query: { location: 'gate 7', asOf: flown } })).items).toHaveLength(1);
  });

  it('happens once for each CI and each asset, however many want it at the same time', async () => {
    const { ci, asset, bind, swap, bindings, getAsset } = startFleet(await dynamo.emptyTable());
    const flights = await Promise.all(['12', '13', '14'].map((n) => ci(`flight-${n}`)));
    for (const flight of flights) await bind(await asset(), flight);
    const spare = await asset();
    const wanted = await Promise.all(flights.map((flight) => swap(flight, { assetId: spare })));
    expect(wanted.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const flown = flights[wanted.findIndex(({ status }) => status === 200)] ?? '';
    expect((await getAsset(spare)).ciId).toBe(flown);

    const [flight = ''] = flights;
    const spares = await Promise.all([1, 2, 3, 4].map(() => asset()));
    const answers = await Promise.all(spares.map((assetId) => swap(flight, { assetId })));
    const done = answers.filter(({ status }) => status === 200).length;
    expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true);
    expect(done).toBeGreaterThan(0);
    const intervals: Interval[] = await bindings(flight);
    expect(intervals).toHaveLength(done + (flight === flown ? 2 : 1));
    const [ends, starts] = [intervals.map(({ validTo }) => validTo), intervals.map(({ validFrom }) => validFrom)];
    expect(ends).toEqual([...starts.slice(1), undefined]);
  });
});
