import { startFleet } from './fleet.ts';
import { agentJson, bookCsv, type Machine } from './import-fleet.ts';
import { importRig } from './import-rig.ts';
import { estateOf } from './import-state.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';
import { withHistory } from './with-history.ts';

const uuid = '7d3c2b1a-0000-4000-8000-000000000077';
/** The API is asked after the imports: their clock starts later in the year. */
const afterImports = Date.parse('2026-12-01T00:00:00.000Z') - Date.parse('2026-01-01T00:00:00.000Z');
const serial = 'MRG00001';

/**
 * One check-in counter that two agents know by different names: one by its serial, which the book knows too, one by its UUID. A third
 * knows both.
 */
export const startMergeWorld = (table: MemoryTable = memoryTable()) => {
  const rig = importRig(withHistory(table));
  const fleet = startFleet(table, (requests) => afterImports + requests * 1000, rig.data.store);
  let files = 0;
  const report = async (source: string, machine: Machine) => {
    files += 1;
    const { records } = await rig.importFile(source, `${files}`, agentJson(machine));
    return records[0] ?? { outcome: 'none', ciId: '', assetId: '', warnings: [] };
  };
  const bySerial = (more: Partial<Machine> = {}) =>
    report('glpi', { name: 'ck-1', serial, macs: ['a4:bb:6d:00:07:01'], seenAt: '2026-05-01 06:00:00', ...more });
  const byUuid = (more: Partial<Machine> = {}) =>
    report('ocs', { name: 'ck-1-kvm', uuid, macs: ['a4:bb:6d:00:07:02'], seenAt: '2026-05-02 06:00:00', ...more });
  const byBoth = (more: Partial<Machine> = {}) =>
    report('intune', { name: 'ck-1', serial, uuid, seenAt: '2026-05-03 06:00:00', ...more });
  const booked = async (location = 'ARN') => {
    files += 1;
    const row = { 'Asset Tag': 'SKY-77', 'Serial Number': serial, Manufacturer: 'Dell', Location: location };
    return (await rig.importFile('register', `${files}`, bookCsv([row]))).records[0];
  };
  const everySource = async (more: Partial<Machine> = {}) => [
    await booked(),
    await bySerial(more),
    await byUuid(more),
    await byBoth(more),
  ];
  const proposals = async (state = 'open') => (await fleet.ask('listMergeProposals', { query: { state } })).items;
  const decide = (proposalId: string, body: object) =>
    fleet.call('decideMergeProposal', { path: { proposalId }, body: { reason: 'seen by a person', ...body } });
  const merge = (survivor: string, absorbed: string, more: object = {}) =>
    fleet.call('merge', { body: { survivor: { ciId: survivor }, absorbed: { ciId: absorbed }, ...more } });
  const unmerge = (mergeId: string, body: object = {}) => fleet.call('unmerge', { path: { mergeId }, body });
  const standing = () => {
    const { cis, assets } = estateOf(table.items());
    return {
      cis: cis.map(({ value }) => value).filter(({ mergedInto }) => mergedInto === undefined),
      assets: assets.map(({ value }) => value).filter(({ mergedInto }) => mergedInto === undefined),
    };
  };
  /** The two CIs of the one counter. */
  const twice = async (more: Partial<Machine> = {}) => {
    await booked();
    const one = (await bySerial(more)).ciId ?? '';
    const two = (await byUuid(more)).ciId ?? '';
    return [one, two] as const;
  };
  return {
    ...{ ...fleet, rig, table, bySerial, byUuid, byBoth, booked, everySource },
    ...{ proposals, decide, merge, unmerge, standing, twice },
  };
};
