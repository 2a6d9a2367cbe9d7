import type { RawRelation } from '../../../../domain/discovery/record.ts';
import { idAt, shownAt, valueAt } from './servicenow-cell.ts';

type Edge = Pick<RawRelation, 'type' | 'direction'>;

const out = (type: RawRelation['type']): Edge => ({ type, direction: 'out' });
const inward = (type: RawRelation['type']): Edge => ({ type, direction: 'in' });

/** How the parent of a row stands to its child, by the first half of the type's name (`Runs on::Runs`). */
const byName: readonly (readonly [RegExp, Edge])[] = [
  [/^(?:runs on|hosted on|virtualized by|instantiates|allocated from|implemented on)/, out('runs on')],
  [/^(?:runs|hosts|virtualizes|instantiated by)$/, inward('runs on')],
  [
    /^(?:depends on|uses|consumes|powered by|receives data from|cooled by|provided by|enabled by|applied by)/,
    out('depends on'),
  ],
  [/^(?:used by|provides|powers|sends data to|impacts|cools|enables|serves|consumed by)/, inward('depends on')],
  [/^(?:contains|members|cluster of|has member|defines|houses)/, inward('member of')],
  [/^(?:contained by|member of|cluster|located in|defined by)$/, out('member of')],
  [/^(?:connects to|connected by|connected to|ip connection)/, out('connected to')],
  [/^installed on/, out('installed on')],
  [/^(?:has installed|has registered)/, inward('installed on')],
  [/^attached to/, out('attached to')],
];

/** Types that every instance comes with, by their ids: exports without display values only show these. */
const byId: Readonly<Record<string, string>> = {
  '60bc4e22c0a8010e01f074cbe6bd73c3': 'runs on',
  '1a9cb166f1571100a92eb60da2bce5c5': 'depends on',
  '5f985e0ec0a8010e00a9714f2a172815': 'hosted on',
  '55c95bf6c0a8010e0118ec7056ebc54d': 'contains',
  cb5592603751200032ff8c00dfbe5d17: 'uses',
};

export const keyOfRow = (id: string): string => `servicenow:${id}`;

/** A row of `cmdb_rel_ci` as a relation of its parent; undefined when it does not name both ends. */
export const readRelation = (row: Record<string, unknown>): { parent: string; relation: RawRelation } | undefined => {
  const [parent, child] = [idAt(row, 'parent'), idAt(row, 'child')];
  if (parent === undefined || child === undefined) return undefined;
  const name = shownAt(row, 'type', 'type.name') ?? byId[valueAt(row, 'type')?.toLowerCase() ?? ''] ?? '';
  const first = (name.split('::')[0] ?? '').trim().toLowerCase();
  const edge = byName.find(([words]) => words.test(first))?.[1] ?? out('associated with');
  const shown = shownAt(row, 'child');
  return {
    parent,
    relation: { ...edge, record: keyOfRow(child), ...(shown === undefined ? {} : { name: shown.slice(0, 300) }) },
  };
};
