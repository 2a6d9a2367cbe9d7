import { describe, expect, it } from '@jest/globals';
import { advanceMerge, isMergeStep } from '../../functions/merges/advance-merge.ts';
import { stageMerge } from '../../functions/merges/stage-merge.ts';
import { startWork } from '../../functions/store/unit-of-work.ts';
import { checkEstate } from '../support/import-check.ts';
import { agentJson, seeded } from '../support/import-fleet.ts';
import { slowly } from '../support/import-race.ts';
import { tableWithStream } from '../support/import-relay.ts';
import { importRig } from '../support/import-rig.ts';
import { estateOf } from '../support/import-state.ts';
import { startMergeWorld } from '../support/merge-world.ts';
import { withHistory } from '../support/with-history.ts';

const tenant = 'skyways';
const now = '2026-12-24T00:00:00.000Z';
const principal = { tenant, subject: 'ops@skyways.example', roles: [] };
const guest = (n: number) => ({ name: `vm-${n}`, uuid: `9d3c2b1a-0000-4000-8000-00000000010${n}` });
const guests = [0, 1, 2, 3, 4, 5].map(guest);
const uuid = '7d3c2b1a-0000-4000-8000-000000000077';

describe('imports that race a merge in steps', () => {
  it('end with every guest on the survivor, once, whatever the interleaving', async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const random = seeded(seed);
      const { table, stream } = tableWithStream();
      const world = startMergeWorld(table);
      const one = (await world.bySerial()).ciId ?? '';
      const two = (await world.byUuid({ guests })).ciId ?? '';
      const start = stream.length;
      const work = startWork(withHistory(table), { tenant, by: principal.subject, now, correlationId: 'c-1' });
      await stageMerge(
        { work, now, requestKey: 'same', principal },
        { survivor: { ciId: one }, absorbed: { ciId: two } },
        0,
      );
      await work.commit();
      const { table: slow } = slowly(random);
      const relay = async () => {
        for (let n = start; n < stream.length; n += 1) {
          const item = stream[n]?.after;
          if (item !== undefined && isMergeStep(item)) await advanceMerge(slow(withHistory(table)), item, 2);
        }
      };
      const send = (source: string, content: string) =>
        importRig(withHistory(table), slowly(random)).importFile(source, `r-${source}`, content);
      const seenAt = '2026-07-01 06:00:00';
      await Promise.all([
        relay(),
        send('ocs', agentJson({ name: 'ck-1-kvm', uuid, os: 'Debian 13', guests, seenAt })),
        send('glpi', agentJson({ name: 'ck-1', serial: 'MRG00001', guests: [guest(7)], seenAt })),
      ]);
      await relay();
      const last = '2026-08-01 06:00:00';
      await world.byUuid({ guests, os: 'Debian 14', seenAt: last });
      await world.bySerial({ guests: [guest(7)], os: 'Debian 14', seenAt: last });
      const { cis, relationships } = estateOf(table.items());
      const hosts = cis.flatMap(({ value }) => {
        if (value.class !== 'virtual-machine') return [];
        const on = relationships.filter(({ value: edge }) => edge.from === value.ciId && edge.validTo === undefined);
        return [on.map(({ value: edge }) => edge.to)];
      });
      expect(hosts).toEqual(Array(7).fill([one]));
      expect(checkEstate(table.items())).toEqual([]);
    }
  });
});
