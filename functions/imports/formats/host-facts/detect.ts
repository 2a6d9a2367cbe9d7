import type { Format } from '../format.ts';
import { type Dialect, dialectInText } from './dialects.ts';
import { beginsWithLabel } from './label-lines.ts';

const begins = /^\uFEFF?\s*[{[]/;
const ofPuppetDb = [/"certname"\s*:/, /"(?:facts|values)"\s*:\s*\{/];
const ofFailure = [/"unreachable"\s*:\s*true/, /"(?:msg|changed)"\s*:/];

const dialectOfHead = (head: string): Dialect | undefined => {
  if (beginsWithLabel(head)) return 'ansible-facts';
  if (!begins.test(head)) return undefined;
  const found = dialectInText(head);
  if (found !== undefined) return found;
  if (ofFailure.every((key) => key.test(head))) return 'ansible-facts';
  return ofPuppetDb.every((key) => key.test(head)) ? 'facter' : undefined;
};

const detectorOf =
  (name: Dialect): Format['detect'] =>
  (head) =>
    dialectOfHead(head) === name;

/** Facts of hosts by the names that only one tool writes, and the answers that tell why there are none. */
export const detectHostFacts: Record<Dialect, Format['detect']> = {
  'ansible-facts': detectorOf('ansible-facts'),
  'salt-grains': detectorOf('salt-grains'),
  ohai: detectorOf('ohai'),
  facter: detectorOf('facter'),
};
