import { isObject } from '../glpi-json/values.ts';
import type { Json } from './host-facts.ts';
import { entriesAt, listAt } from './pick.ts';

/**
 * What the JSON callback of Ansible tells by host: the facts of all its tasks together, or the failure when there are none.
 * Results of tasks that gather nothing are left out.
 */
export const fromPlays = (plays: readonly unknown[]): [string, Json][] => {
  const hosts = new Map<string, Json>();
  for (const [name, result] of plays
    .flatMap((play) => listAt(play, 'tasks'))
    .flatMap((task) => entriesAt(task, 'hosts'))) {
    if (!isObject(result)) continue;
    const known = hosts.get(name);
    if (isObject(result.ansible_facts)) {
      const before = isObject(known?.ansible_facts) ? known.ansible_facts : {};
      hosts.set(name, { ansible_facts: { ...before, ...result.ansible_facts } });
    } else if (known === undefined && (result.unreachable === true || result.failed === true)) hosts.set(name, result);
  }
  return [...hosts];
};
