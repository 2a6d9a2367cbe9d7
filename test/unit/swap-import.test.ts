import { describe, expect, it } from '@jest/globals';
import { startFleet } from '../support/fleet.ts';
import { fixture } from '../support/glpi-json.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';
import { withHistory } from '../support/with-history.ts';

// biome-ignore lint/suspicious/noExplicitAny: an agent's file, changed here and there
type Agent = any;

const oldLaptop = (): Agent => JSON.parse(fixture('gate-laptop'));

/** The laptop that takes its place: other hardware, a fresh installation under the same name, no battery and no monitors. */
const newLaptop = (): Agent => {
  const file = oldLaptop();
  const { content } = file;
  Object.assign(content.bios, {
    ssn: '9NEWW77',
    msn: '/9NEWW77/CNWS0002/',
    assettag: 'SKY-004999',
    smodel: 'Latitude 7450',
  });
  Object.assign(content.hardware, { uuid: '4C4C4544-004E-4510-8057-B9C04F573777', memory: 32768 });
  Object.assign(content.operatingsystem, {
    hostid: 'b9d08702',
    version: '24H2',
    ssh_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE5ldw==',
  });
  content.networks = [{ description: 'Wi-Fi', mac: 'A4:BB:6D:99:88:77', ipaddress: '10.20.8.99', type: 'wifi' }];
  content.accesslog.logdate = '2026-06-01 06:00:00';
  delete content.batteries;
  delete content.monitors;
  return file;
};

/** One table under the API and the import path: the gate's laptop is discovered, a new one is in the book. */
const gate = async () => {
  const table = memoryTable();
  const fleet = startFleet(table);
  const rig = importRig(withHistory(table));
  let files = 0;
  const report = async (agent: Agent, source = 'glpi') => {
    files += 1;
    const { records } = await rig.importFile(source, `${files}.json`, JSON.stringify(agent));
    return records[0] ?? { outcome: 'none', ciId: '', assetId: '', changes: undefined };
  };
  const first = await report(oldLaptop());
  const [ciId, old] = [first.ciId ?? '', first.assetId ?? ''];
  const fresh = await fleet.asset({ serial: '9NEWW77', manufacturer: 'Dell Inc.', location: 'Hangar 3' });
  const edges = async (of: string) => (await fleet.ask('listCiRelationships', { path: { ciId: of } })).items;
  return { ...fleet, report, ciId, old, fresh, edges };
};

describe('discovery after a swap', () => {
  it('knows the old hardware as itself and gives it a CI of its own', async () => {
    const { report, ciId, old, fresh, swap, getCi, getAsset, edges, ask, table } = await gate();
    expect(await edges(ciId)).not.toEqual([]);
    expect((await swap(ciId, { assetId: fresh })).status).toBe(200);
    const left = await getCi(ciId);
    expect(left.name).toBe('GATE-B12');
    expect(left.attributes['os.osVersion']).toBe('23H2');
    expect(Object.keys(left.attributes).filter((name) => /^(bios|cpu|hardware)\./.test(name))).toEqual([]);
    const [before, carried] = [await getCi(ciId), await edges(ciId)];

    const again = await report(oldLaptop());
    expect(again).toMatchObject({ outcome: 'updated', assetId: old });
    expect(again.ciId).not.toBe(ciId);
    expect(await getAsset(old)).toMatchObject({ ciId: again.ciId, status: 'in-stock' });
    expect(await getCi(again.ciId ?? '')).toMatchObject({ name: 'GATE-B12', assetId: old });
    expect(await getCi(ciId)).toEqual(before);
    expect(await edges(ciId)).toEqual(carried);
    expect((await ask('lookUp', { query: { serial: '7SKYW42' } })).matches).toEqual([
      { ciId: again.ciId, assetId: old },
    ]);

    const stored = () => table.items().filter(({ e }) => e === 'ci' || e === 'asset' || e === 'binding');
    const settled = stored();
    expect(await report(oldLaptop())).toMatchObject({ outcome: 'unchanged', assetId: old, ciId: again.ciId });
    expect(stored()).toEqual(settled);
  });

  it('does the same when another source sees the old hardware for the first time', async () => {
    const { report, ciId, old, fresh, swap, getCi } = await gate();
    await swap(ciId, { assetId: fresh });
    const before = await getCi(ciId);
    const { bios } = oldLaptop().content;
    const seen = await report({ deviceid: 'audit-1', content: { bios, hardware: { name: 'SPARE-1' } } }, 'audit');
    expect(seen).toMatchObject({ outcome: 'linked', assetId: old });
    expect(seen.ciId).not.toBe(ciId);
    expect(await getCi(ciId)).toEqual(before);
  });

  it('keeps with the CI what a source says of the CI alone, without a word about hardware', async () => {
    const { report, ciId, old, fresh, swap, getCi } = await gate();
    const about = (version: string): Agent => ({
      deviceid: 'directory-7',
      content: { hardware: { name: 'GATE-B12' }, operatingsystem: { fqdn: 'gate-b12.skyways.example', version } },
    });
    expect(await report(about('1'), 'directory')).toMatchObject({ ciId, assetId: old });
    await swap(ciId, { assetId: fresh });
    expect(await report(about('2'), 'directory')).toMatchObject({ ciId, assetId: fresh });
    expect((await getCi(ciId)).assetId).toBe(fresh);
  });

  it('binds the old hardware after it was unbound, though the worker had started before', async () => {
    const { report, ciId, old, fresh, swap, bindings, table } = await gate();
    const item = table.items().find(({ pk, e }) => e === 'asset' && pk.endsWith(old));
    if (item === undefined) throw new Error('no old laptop');
    const later = '2026-12-24T18:00:00.000Z';
    table.put({ ...item, c: { ...(item.c as object), at: later } });
    await swap(ciId, { assetId: fresh });
    const again = await report(oldLaptop());
    expect((await bindings(ciId))[0].validTo).toBe(later);
    expect((await bindings(again.ciId ?? ''))[0].validFrom).toBe(later);
  });

  it('finds the CI through the new hardware, whichever of the two reports first', async () => {
    for (const order of ['new first', 'old first'] as const) {
      const { report, ciId, fresh, swap, getCi, getAsset, old } = await gate();
      await swap(ciId, { assetId: fresh, outgoingAssetTo: 'retired' });
      if (order === 'old first') await report(oldLaptop());
      const came = await report(newLaptop());
      expect(came).toMatchObject({ outcome: 'linked', ciId, assetId: fresh });
      if (order === 'new first') await report(oldLaptop());
      const { attributes, assetId, sources } = await getCi(ciId);
      expect([assetId, attributes['os.osVersion'], attributes['hardware.memoryMb']]).toEqual([fresh, '24H2', 32768]);
      const sections = sources[0].sections.map(({ section }: { section: string }) => section);
      expect(sections).toContain('interfaces');
      expect(sections).not.toContain('batteries');
      expect(await getAsset(old)).toMatchObject({ status: 'retired' });
      expect((await getAsset(old)).ciId).not.toBe(ciId);
      expect(await report(newLaptop())).toMatchObject({ outcome: 'unchanged', ciId, assetId: fresh });
    }
  });

  it('looks again at hardware that comes back, though it says what it said', async () => {
    const { report, ciId, old, fresh, swap, revert, getCi } = await gate();
    await swap(ciId, { assetId: fresh });
    await report(newLaptop());
    expect((await revert(ciId)).status).toBe(200);
    const returned = await getCi(ciId);
    expect([returned.assetId, returned.attributes['hardware.memoryMb']]).toEqual([old, 16384]);
    expect(await report({ ...oldLaptop(), tag: 'gate' })).toMatchObject({ ciId, assetId: old });
    const strayed = await report(newLaptop());
    expect(strayed.assetId).toBe(fresh);
    expect(strayed.ciId).not.toBe(ciId);
    expect((await getCi(ciId)).assetId).toBe(old);
  });

  it('takes a laptop that has reported from its own CI into the swap', async () => {
    const { report, ciId, fresh, swap, getCi, bindings } = await gate();
    const staged = await report(newLaptop());
    expect(staged).toMatchObject({ assetId: fresh });
    const refused = await swap(ciId, { assetId: fresh });
    expect([refused.status, refused.body.fix]).toEqual([409, expect.stringContaining(staged.ciId ?? '?')]);
    expect((await swap(ciId, { assetId: fresh, incomingFrom: staged.ciId })).status).toBe(200);
    expect((await report(newLaptop())).ciId).toBe(ciId);
    expect((await getCi(ciId)).attributes['hardware.memoryMb']).toBe(32768);
    expect((await bindings(staged.ciId ?? ''))[0].validTo).toBeDefined();
  });
});
