import { canonicalMac } from '../../../../domain/identity/mac.ts';

/** How vendors write the kinds of ports, by the shortest form that is read as each. The longest form is what is kept. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^fa(?:s|st(?:eth(?:ernet)?)?)?$/i, 'FastEthernet'],
  [/^(?:ge|gi(?:g(?:e|abit(?:eth(?:ernet)?)?)?)?)$/i, 'GigabitEthernet'],
  [/^two(?:gig(?:abitethernet)?)?$|^tw$/i, 'TwoGigabitEthernet'],
  [/^fi(?:v(?:e(?:gig(?:abitethernet)?)?)?)?$/i, 'FiveGigabitEthernet'],
  [/^te(?:n(?:gig(?:e|abit(?:eth(?:ernet)?)?)?)?)?$/i, 'TenGigabitEthernet'],
  [/^twe(?:ntyfivegig(?:e|abitethernet)?)?$/i, 'TwentyFiveGigE'],
  [/^fo(?:r(?:tygig(?:e|abitethernet)?)?)?$/i, 'FortyGigabitEthernet'],
  [/^hu(?:n(?:dredgig(?:e|abitethernet)?)?)?$/i, 'HundredGigE'],
  [/^et(?:h(?:ernet)?)?$/i, 'Ethernet'],
  [/^po(?:rt-?channel)?$/i, 'Port-channel'],
];

/** Linux has `eth0`, and that is its whole name. */
const isLinux = /^eth\d+$/;

/**
 * The name of a port as it is compared: `Gi1/0/48`, `Gig 1/0/48` and `GigabitEthernet1/0/48` are one; a MAC that stands for a port is
 * written with colons. What is not known stays as it is. Undefined for blank text; cut to 100 characters.
 */
export const portName = (text: string | undefined): string | undefined => {
  const name = text?.replaceAll(/\s+/g, ' ').trim().slice(0, 100).toWellFormed();
  if (name === undefined || name === '') return undefined;
  const [, prefix, rest] = /^([a-z-]+) ?(\d[\w/.:]*)$/i.exec(name) ?? [];
  const kind = prefix === undefined || isLinux.test(name) ? undefined : kinds.find(([short]) => short.test(prefix));
  if (kind !== undefined) return `${kind[1]}${rest}`;
  return /[.:-]/.test(name) ? (canonicalMac(name) ?? name) : name;
};
