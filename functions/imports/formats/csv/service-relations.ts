import type { RawRelation } from '../../../../domain/discovery/record.ts';
import { cellValue } from './clean-cell.ts';
import { nativeKeyFrom } from './native-key.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Field } from './profile.ts';
import type { TableRow } from './table-row.ts';

/**
 * What a service runs on and depends on. A service is named as in this list; a host by its FQDN where the name has a dot, else by a
 * host name, which only finds hosts of the same source. Never absent: an empty list says that former relations are no more.
 */
export const readServiceRelations = (row: TableRow): RawRelation[] => [
  ...listOf(row, 'runsOn').map((name): RawRelation => {
    const type = name.includes('.') ? 'fqdn' : 'hostname';
    return { type: 'runs on', direction: 'out', identifiers: [{ type, value: name }] };
  }),
  ...listOf(row, 'dependsOn').map((name): RawRelation => {
    return { type: 'depends on', direction: 'out', record: nativeKeyFrom([['service', name]]) };
  }),
];

/** The names in a cell, separated by semicolons; each once, whatever its case and blanks. */
const listOf = (row: TableRow, field: Field): string[] => {
  const byName = new Map<string, string>();
  for (const part of row.read(field)?.value.split(';') ?? []) {
    const name = cellValue(part)?.replaceAll(/\s+/g, ' ');
    if (name === undefined || isPlaceholder('service', name) || byName.has(name.toLowerCase())) continue;
    byName.set(name.toLowerCase(), name);
  }
  return [...byName.values()];
};
