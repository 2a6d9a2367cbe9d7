import { isObject } from '../glpi-json/values.ts';
import type { Json } from './host-facts.ts';

const deepest = 16;

/** Facts as they were before Foreman flattened them: `os::release::full` becomes `os.release.full`. Others come back as they are. */
export const nest = (facts: Json): Json => {
  if (!Object.keys(facts).some((name) => name.includes('::'))) return facts;
  const root: Json = Object.create(null);
  for (const [name, value] of Object.entries(facts)) {
    const path = name.split('::').slice(0, deepest);
    const last = path.pop() ?? name;
    let inside: Json = root;
    for (const key of path) {
      const next = inside[key];
      const branch: Json = isObject(next) ? next : Object.create(null);
      inside[key] = branch;
      inside = branch;
    }
    if (!isObject(inside[last])) inside[last] = value;
  }
  return root;
};
