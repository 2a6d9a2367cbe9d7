import { isObject, objectsOf } from '../glpi-json/values.ts';
import type { Json } from '../host-facts/host-facts.ts';
import { textAt } from '../host-facts/pick.ts';
import type { Place } from '../json-piece.ts';
import type { Heard } from './host.ts';
import { tableOf } from './tables.ts';

/** Hosts held at a time: a log tells of one host on many lines, not far from each other. */
const mostHosts = 500;
const mostRows = 20_000;

/** A host with the place of its first line, and whether a part of a list was left out because only its changes were told. */
export type Collected = { heard: Heard; place: Place; changesOnly: boolean };

/** Of these a difference is the whole: they have one row. */
const single = new Set(['system', 'os', 'platform']);

/**
 * Gathers the lines of a result log by host. Of differential lines (`added`, `removed`) only tables of one row are used, because a change
 * of a list is not the list; snapshots replace what was heard before.
 */
export const createCollector = () => {
  const hosts = new Map<string, Collected>();

  const hostOf = (line: Json, identifier: string, place: Place): Collected => {
    const known = hosts.get(identifier);
    const heard = known?.heard ?? { identifier, rows: {}, decorations: {}, moment: undefined };
    if (isObject(line.decorations)) heard.decorations = { ...heard.decorations, ...line.decorations };
    const seconds = Number(line.unixTime);
    const moment = seconds > 0 ? new Date(seconds * 1000).toISOString() : line.calendarTime;
    if (typeof heard.moment !== 'string' || String(moment) > heard.moment) heard.moment = moment;
    const found = known ?? { heard, place, changesOnly: false };
    hosts.set(identifier, found);
    return found;
  };
  const addRows = (host: Collected, rows: readonly Json[], query: string, isChange: boolean): void => {
    const fresh = new Set<string>();
    for (const row of rows) {
      const table = tableOf(row, query);
      if (table === undefined) continue;
      if (isChange && !single.has(table)) {
        host.changesOnly = true;
        continue;
      }
      const list = fresh.has(table) ? (host.heard.rows[table] ?? []) : [];
      fresh.add(table);
      if (list.length < mostRows) list.push(row);
      host.heard.rows[table] = list;
    }
  };

  return {
    /** A line of the log. Hosts that had to make room are given back. Undefined when the line names no host. */
    add: (line: Json, place: Place): Collected[] | undefined => {
      const identifier = textAt(line, 'hostIdentifier', 'host_identifier', 'decorations.host_uuid');
      if (identifier === undefined) return undefined;
      // What osqueryd says of itself stands in the same file at some managers.
      if ('severity' in line && 'message' in line) return [];
      const query = textAt(line, 'name') ?? '';
      const host = hostOf(line, identifier, place);
      if (Array.isArray(line.snapshot)) addRows(host, objectsOf(line.snapshot), query, false);
      else if (isObject(line.snapshot)) addRows(host, [line.snapshot], query, false);
      if (isObject(line.columns) && line.action !== 'removed')
        addRows(host, [line.columns], query, line.action !== 'snapshot');
      if (isObject(line.diffResults)) addRows(host, objectsOf(line.diffResults.added), query, true);
      if (hosts.size <= mostHosts) return [];
      const [oldest] = hosts;
      if (oldest === undefined) return [];
      hosts.delete(oldest[0]);
      return [oldest[1]];
    },
    rest: (): Collected[] => [...hosts.values()],
  };
};
