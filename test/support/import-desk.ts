import { agentJson, type BookRow, bookCsv, type Machine } from './import-fleet.ts';
import { importRig } from './import-rig.ts';
import { estateOf } from './import-state.ts';
import { memoryTable } from './memory-table.ts';

/** A laptop of Skyways, as its agent and its book describe it. */
export const laptop: Machine = {
  name: 'sky-lt-1',
  serial: 'SKYW42',
  macs: ['a4:bb:6d:00:00:01'],
  os: 'Debian 12',
  software: ['rosterwing'],
  seenAt: '2026-11-20 06:00:00',
};
const row: BookRow = { 'Asset Tag': 'SKY-1', 'Serial Number': 'SKYW42', Manufacturer: 'Dell' };

/** An empty installation, and hands that put one machine or one row a file into it. */
export const startDesk = () => {
  const table = memoryTable();
  const rig = importRig(table);
  let files = 0;
  const send = (source: string, content: string) => {
    files += 1;
    return rig.importFile(source, `${files}`, content);
  };
  const estate = () => estateOf(table.items());
  return {
    table,
    rig,
    estate,
    agent: (machine: Machine, source = 'agents') => send(source, agentJson(machine)),
    book: (more: BookRow, source = 'register') => send(source, bookCsv([{ ...row, ...more }])),
    /** What the source said of the first CI. */
    sectionsOf: (source: string) => estate().cis[0]?.value.facets[source]?.sections ?? {},
  };
};
