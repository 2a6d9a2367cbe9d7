import { isObject } from '../glpi-json/values.ts';
import { type Dialect, dialectOf } from './dialects.ts';
import { fromPlays } from './from-plays.ts';
import type { Json } from './host-facts.ts';
import { nest } from './nest.ts';
import { textAt, valueAt } from './pick.ts';

/** The facts of one host; `moment` is when whoever wrapped them got them. */
export type Gathered = { name?: string | undefined; dialect?: Dialect; facts: Json; moment?: unknown };
/** A host that was asked but gave no facts. */
export type Failed = { name?: string | undefined; reason: string };

const deepest = 4;
const longestReason = 300;

const because = (name: string | undefined, text: string): Failed => ({
  name,
  reason:
    `${name === undefined ? 'The host' : name.slice(0, 200)} gave no facts: ${text.slice(0, longestReason)}`.toWellFormed(),
});

/** `{"unreachable": true, "msg": ...}` of Ansible; whatever else it says (output, environment) is not repeated. */
const failureOf = (value: Json, name: string | undefined): Failed | undefined => {
  if (value.unreachable !== true && value.failed !== true) return undefined;
  const state = value.unreachable === true ? 'it was unreachable' : 'the task failed on it';
  return because(name, `${state}. ${textAt(value, 'msg', 'reason') ?? ''}`.trim());
};

/** PuppetDB lists the facts of a set as rows of name and value. */
const plainFacts = (facts: unknown): Json | undefined => {
  if (!isObject(facts)) return undefined;
  if (!Array.isArray(facts.data)) return nest(facts);
  return Object.fromEntries(facts.data.filter(isObject).map((row) => [textAt(row, 'name') ?? '', row.value] as const));
};

const gathered = (name: string | undefined, facts: Json, dialect: Dialect | undefined, moment?: unknown) =>
  Object.keys(facts).length === 0
    ? because(name, 'none are stored for it.')
    : { name, facts, ...(dialect === undefined ? {} : { dialect }), moment };

/** One host, bare or wrapped with its name; undefined when the object is none. */
const hostOf = (value: Json, name: string | undefined): Gathered | Failed | undefined => {
  const failed = failureOf(value, name);
  if (failed !== undefined) return failed;
  const called = name ?? textAt(value, 'certname', 'inventory_hostname', 'name');
  if (isObject(value.ansible_facts)) return gathered(called, value.ansible_facts, 'ansible-facts', value._timestamp);
  if (isObject(value.automatic)) return gathered(called, value.automatic, 'ohai');
  if (called !== undefined && (isObject(value.facts) || isObject(value.values))) {
    const facts = plainFacts(value.facts) ?? plainFacts(value.values) ?? {};
    return gathered(called, facts, dialectOf(facts) ?? 'facter', value.timestamp ?? value.producer_timestamp);
  }
  if (isObject(value.ret) && ('retcode' in value || 'jid' in value)) return hostOf(value.ret, name);
  const facts = nest(value);
  const dialect = dialectOf(facts);
  return dialect === undefined ? undefined : gathered(name, facts, dialect, value._timestamp);
};

/** Answers of Salt's API, of knife and of Foreman hold their hosts under one key, as a list or by name. */
const wrappers = ['_meta.hostvars', 'return', 'rows', 'results'] as const;

/**
 * The hosts that a document or an element of its list tells of: one host, a map of hosts by name, or either inside of an answer.
 * Empty when there is none.
 */
export const hostsIn = (value: unknown, name?: string, depth = 0): (Gathered | Failed)[] => {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one) => hostsIn(one, undefined, depth + 1));
  if (!isObject(value)) return name === undefined ? [] : silent(value, name);
  const host = hostOf(value, name);
  if (host !== undefined) return [host];
  if (Array.isArray(value.plays))
    return fromPlays(value.plays).flatMap(([called, one]) => hostsIn(one, called, depth + 1));
  const wrapped = wrappers.map((path) => valueAt(value, path)).find((one) => isObject(one) || Array.isArray(one));
  if (wrapped !== undefined) return hostsIn(wrapped, undefined, depth + 1);
  return name === undefined ? hostsByName(value, depth) : [];
};

/** A map of hosts: an object in it that is none, beside others that are, is a host without facts. */
const hostsByName = (value: Json, depth: number): (Gathered | Failed)[] => {
  const found = Object.entries(value).map(([name, one]) => [name, one, hostsIn(one, name, depth + 1)] as const);
  if (found.every(([, , hosts]) => hosts.length === 0)) return [];
  return found.flatMap(([name, one, hosts]) =>
    hosts.length === 0 && isObject(one) ? [because(name, 'none stand there.')] : hosts,
  );
};

/** Salt writes `false` or a sentence for a minion that did not answer. */
const silent = (value: unknown, name: string): Failed[] => {
  if (value === false) return [because(name, 'it did not answer.')];
  return typeof value === 'string' && saltRegrets.test(value) ? [because(name, value)] : [];
};

const saltRegrets =
  /^minion did not return|not connected|no response|is not available|passed invalid arguments|exception/i;
