import { describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';
import { seeded } from '../support/import-fleet.ts';
import { slowly } from '../support/import-race.ts';
import { relayed, tableWithStream } from '../support/import-relay.ts';
import { estateOf } from '../support/import-state.ts';

describe('a relationship that is opened while its end is being retired', () => {
  it('is closed with it, whoever was faster, and open again when that comes back', async () => {
    let raced = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seeded(seed);
      const { table, stream } = tableWithStream();
      const { call } = startApp({ ...table, ...slowly(random).table(table) });
      const make = async (ciClass: string) =>
        (await call('createCi', { body: { class: ciClass, name: ciClass } })).body.ciId as string;
      const [screen, host] = [await make('peripheral'), await make('server')];
      const setStatus = (version: number, status: string) =>
        call('editCi', { path: { ciId: screen }, body: { status }, headers: { 'if-match': `"v${version}"` } });
      const open = () =>
        estateOf(table.items()).relationships.filter(({ value }) => value.validTo === undefined).length;
      const relay = async () => {
        // Shards of a stream are read beside each other: what came last may be looked at first.
        while (stream.length > 0) {
          const changes = stream.splice(0);
          const other = changes.filter(({ after }) => after?.e === 'ci');
          await relayed(table, random() < 0.5 ? changes : [...changes.filter((one) => !other.includes(one)), ...other]);
        }
      };
      await relay();
      const [related, retired] = await Promise.all([
        call('createRelationship', { body: { type: 'attached to', from: screen, to: host } }),
        setStatus(1, 'retired').then(async (answer) => {
          await relay();
          return answer;
        }),
      ]);
      expect(retired.status).toBe(200);
      if (related.status !== 201) continue;
      raced += 1;
      await relay();
      expect(open()).toBe(0);
      expect((await setStatus(2, 'operational')).status).toBe(200);
      await relay();
      expect(open()).toBe(1);
    }
    expect(raced).toBeGreaterThan(20);
  });
});
