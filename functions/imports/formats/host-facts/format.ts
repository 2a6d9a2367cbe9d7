import type { Format } from '../format.ts';
import { isObject } from '../glpi-json/values.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, readJsonRecords } from '../json-records.ts';
import { detectHostFacts } from './detect.ts';
import { type Dialect, likelyDialectOf } from './dialects.ts';
import { type Failed, type Gathered, hostsIn } from './hosts.ts';
import { inBlocks } from './in-blocks.ts';
import { labelKey, labelsAsJson } from './label-lines.ts';
import { mapHost } from './map.ts';
import { readers } from './readers.ts';

/** Characters of one document: a map of hosts is one. The largest host seen has 0.7 million. */
const largest = 64 * 1024 * 1024;
/** Lists of hosts, read one by one: knife search, Salt's API, paged answers. An outermost list (PuppetDB) is read so anyway. */
const split = ['rows', 'return'];

/** A document of nothing but lists that were read already. */
const isRest = (value: unknown): boolean => isObject(value) && split.some((key) => Array.isArray(value[key]));

const mapperOf = (dialect: Dialect) => {
  let label: string | undefined; // of the host that follows
  const draftOf = (host: Gathered | Failed, place: Place): Draft => {
    const at =
      host.name === undefined
        ? {}
        : { pointer: `/${host.name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 200).toWellFormed()}` };
    if ('reason' in host) return faultAt(place, host.reason, at);
    const read = readers[host.dialect ?? likelyDialectOf(host.facts) ?? dialect];
    const record = mapHost(read(host.facts), host.name, host.moment);
    return record === undefined ? faultAt(place, namesNothing, at) : { record: { ...record, line: place.line } };
  };
  return (value: unknown, key: string | undefined, place: Place): readonly Draft[] => {
    const next = isObject(value) ? value[labelKey] : undefined;
    if (typeof next === 'string') {
      label = next;
      return [];
    }
    const hosts = hostsIn(value, label);
    label = undefined;
    if (hosts.length > 0) return hosts.map((host) => draftOf(host, place));
    return key === undefined && isRest(value) ? [] : [faultAt(place, holdsNone)];
  };
};

const namesNothing =
  'Nothing names this host: the facts show no serial, UUID, machine id, MAC or host name. Gather them with the rights to read them.';
const holdsNone =
  'No facts of a host stand here. Upload what ansible -m setup, facter, ohai or salt grains.items write as JSON.';

const formatOf = (name: Dialect): Format => ({
  name,
  detect: detectHostFacts[name],
  parse: (body) =>
    readJsonRecords(
      name === 'ansible-facts' ? labelsAsJson(inBlocks(body)) : inBlocks(body),
      { split, largest },
      { map: mapperOf(name) },
    ),
});

/**
 * Facts of one host or many: bare, by name, in lists, or inside the answers of the tool's server; several documents may follow each other.
 * Hosts that gave none become faults beside the others. Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const ansibleFacts = formatOf('ansible-facts');
/** Grains of Salt minions, as `salt --out json grains.items`, `salt-call` or Salt's API write them. */
export const saltGrains = formatOf('salt-grains');
/** Automatic attributes of Chef nodes, as `ohai`, `knife node show -l -F json` or `knife search` write them. */
export const ohai = formatOf('ohai');
/** Facts of Puppet, as `facter --json`, `puppet facts`, PuppetDB or Foreman write them. */
export const facter = formatOf('facter');
