import { judgeMac } from '../identity/mac.ts';
import type { UnknownDevice } from './unknown-device.ts';

type Named = UnknownDevice['identifiers'][number];

/**
 * How far a name says that a device is one that is owned. Anybody can call himself what he likes: a host name needs one more fact
 * (architecture.md, "Identity"), here an address that the owned one has. A permanent MAC that nobody has says that it is another device,
 * whatever its name is. `sure`: it is that one; `likely`: it tells nothing but names, so that nothing speaks against it, and nothing is
 * closed by it; `no`: it is not known by that.
 */
export const knownByName = (
  seen: readonly Named[],
  name: 'hostname' | 'fqdn',
  addresses: ReadonlySet<string>,
): 'sure' | 'likely' | 'no' => {
  if (seen.some(hasPermanentMac)) return 'no';
  if (name === 'fqdn' || seen.some(({ type, value }) => type === 'ip' && addresses.has(value))) return 'sure';
  return seen.every(({ type }) => type === 'hostname' || type === 'fqdn') ? 'likely' : 'no';
};

const hasPermanentMac = ({ type, value }: Named): boolean =>
  type === 'mac' && judgeMac(value, 'unknown').trust === 'permanent';
