import { readAnsible } from './ansible.ts';
import type { Dialect } from './dialects.ts';
import { readFacter } from './facter.ts';
import { readGrains } from './grains.ts';
import type { HostFacts, Json } from './host-facts.ts';
import { readOhai } from './ohai.ts';

/** How each dialect is read; none throws, whatever the facts hold. */
export const readers: Record<Dialect, (facts: Json) => HostFacts> = {
  'ansible-facts': readAnsible,
  'salt-grains': readGrains,
  ohai: readOhai,
  facter: readFacter,
};
