import type { CiClassName } from '../ci/ci-classes.ts';
import type { IdentifierType } from './identifier.ts';

/** Classes that one and the same thing may be given by different sources. `any` fits everything. */
const familyOf: Record<CiClassName, string> = {
  device: 'any',
  unmanaged: 'any',
  computer: 'computer',
  server: 'computer',
  'network-device': 'network-device',
  printer: 'printer',
  mobile: 'mobile',
  peripheral: 'peripheral',
  storage: 'storage',
  power: 'power',
  'virtual-machine': 'virtual-machine',
  'container-workload': 'container-workload',
  'cloud-resource': 'cloud-resource',
  network: 'network',
  database: 'database',
  application: 'application',
  'technical-service': 'technical-service',
  'business-service': 'business-service',
};

/** Families that sources confuse: an agent in a guest calls it a computer, a cloud calls it a resource, a filer runs an agent. */
const confused = new Set([
  'computer+virtual-machine',
  'cloud-resource+virtual-machine',
  'cloud-resource+computer',
  'computer+storage',
]);
const proof: ReadonlySet<IdentifierType> = new Set(['serial', 'uuid', 'cloudId']);

/**
 * Whether things of the two classes may be one thing. Confused families are, when a serial, UUID or cloud id is `shared`.
 * An unknown class fits every other.
 */
export const classesFit = (
  a: CiClassName | undefined,
  b: CiClassName | undefined,
  shared: readonly IdentifierType[],
): boolean => {
  if (a === undefined || b === undefined) return true;
  const pair = [familyOf[a], familyOf[b]].sort();
  if (pair.includes('any') || pair[0] === pair[1]) return true;
  return confused.has(pair.join('+')) && shared.some((type) => proof.has(type));
};
