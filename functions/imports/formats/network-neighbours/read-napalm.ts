import { isObject } from '../glpi-json/values.ts';
import type { Neighbour } from './neighbour.ts';
import { type JsonObject, pick, type Report, textOf } from './report.ts';

const isDetail = (row: unknown): row is JsonObject =>
  isObject(row) && ('remote_chassis_id' in row || 'remote_system_name' in row);
const isBrief = (row: unknown): row is JsonObject => isObject(row) && 'hostname' in row && 'port' in row;

/** Is this what `get_lldp_neighbors` or `get_lldp_neighbors_detail` gives: lists of neighbours by interface? */
const isNapalmNeighbours = (value: unknown): value is Record<string, unknown[]> =>
  isObject(value) &&
  Object.values(value).every((rows) => Array.isArray(rows) && rows.every((row) => isDetail(row) || isBrief(row)));

/** Is this what `get_facts` gives? */
const isNapalmFacts = (value: unknown): value is JsonObject =>
  isObject(value) && Array.isArray(value.interface_list) && 'serial_number' in value && 'hostname' in value;

const rowOf = (localPort: string, row: unknown): Neighbour[] => {
  if (isDetail(row)) {
    return [
      {
        localPort,
        remotePort: pick(row, ['remote_port', 'remote_port_description']),
        system: textOf(row.remote_system_name),
        chassis: textOf(row.remote_chassis_id),
        description: textOf(row.remote_system_description),
      },
    ];
  }
  if (!isBrief(row)) return [];
  return [{ localPort, remotePort: textOf(row.port), system: textOf(row.hostname), summary: true }];
};

const napalmNeighbours = (value: Record<string, unknown[]>): Neighbour[] =>
  Object.entries(value).flatMap(([port, rows]) => rows.flatMap((row) => rowOf(port, row)));

const napalmFacts = (value: JsonObject): NonNullable<Report['facts']> => ({
  hostname: textOf(value.hostname),
  fqdn: textOf(value.fqdn),
  vendor: textOf(value.vendor),
  model: textOf(value.model),
  serial: textOf(value.serial_number),
  osVersion: textOf(value.os_version),
});

/**
 * The results of several getters in one object, under their names with or without `get_` or `napalm_`, or the result of one alone.
 * Undefined when it is neither.
 */
export const readNapalm = (value: unknown): Report | undefined => {
  if (!isObject(value)) return undefined;
  if (isNapalmFacts(value)) return { facts: napalmFacts(value) };
  const getter = (name: string): unknown =>
    ['', 'get_', 'napalm_'].map((prefix) => value[`${prefix}${name}`]).find((result) => result !== undefined);
  const facts = getter('facts');
  const neighbours = [getter('lldp_neighbors_detail'), getter('lldp_neighbors')].find(
    (result) => isNapalmNeighbours(result) && Object.keys(result).length > 0,
  );
  const known = {
    ...(isNapalmFacts(facts) ? { facts: napalmFacts(facts) } : {}),
    ...(isNapalmNeighbours(neighbours) ? { neighbours: napalmNeighbours(neighbours) } : {}),
  };
  if (Object.keys(known).length > 0) return known;
  if (!isNapalmNeighbours(value)) return undefined;
  const alone = napalmNeighbours(value);
  return alone.length > 0 ? { neighbours: alone } : undefined;
};
