import type { Json } from '../host-facts/host-facts.ts';

/** The tables that are read, by what they tell. */
export type Table = 'system' | 'os' | 'interfaces' | 'addresses' | 'software' | 'platform';

/** Named so in the query, or in the column that some managers add to rows of several queries. */
const names: readonly (readonly [RegExp, Table])[] = [
  [/system_info$/, 'system'],
  [/os_version$/, 'os'],
  [/interface_details$/, 'interfaces'],
  [/interface_addresses$/, 'addresses'],
  [/platform_info$/, 'platform'],
  [/(?:^|_|\b)(?:programs|apps|(?:deb|rpm|homebrew|portage)_packages|software)$/, 'software'],
];

/** Columns that only this table has: of all that a query may choose, at least one of these is always asked for. */
const columns: readonly (readonly [readonly string[], Table])[] = [
  [['hardware_serial', 'cpu_brand', 'hardware_model', 'physical_memory'], 'system'],
  [['platform_like', 'major'], 'os'],
  [['mac'], 'interfaces'],
  [['mask', 'broadcast', 'point_to_point'], 'addresses'],
  [['firmware_type', 'volume_size'], 'platform'],
  [
    ['install_date', 'install_location', 'identifying_number', 'bundle_identifier', 'maintainer', 'package_group'],
    'software',
  ],
  [['bundle_short_version', 'uninstall_string', 'publisher', 'sha1', 'revision'], 'software'],
];

/** Which table a row is of: by its own `table_name`, by the name of its query, else by its columns. Undefined: one that says nothing here. */
export const tableOf = (row: Json, query: string): Table | undefined => {
  const isSystem = ['uuid', 'hostname', 'computer_name'].some((key) => Object.hasOwn(row, key));
  const named = typeof row.table_name === 'string' ? row.table_name : query.toLowerCase();
  return (
    // Queries are called as people like: one of processes may be called system_info.
    names.find(([pattern, table]) => pattern.test(named) && (table !== 'system' || isSystem))?.[1] ??
    columns.find(([keys]) => keys.some((key) => Object.hasOwn(row, key)))?.[1]
  );
};
