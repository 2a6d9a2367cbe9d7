import type { DiscoveryRecord } from '../discovery/record.ts';
import type { Identifier, IdentifierType } from './identifier.ts';

/** Serial before UUID, because asset books know serials: files of different tools about one thing tend to agree on it. */
const order = [
  'cloudId',
  'k8sUid',
  'serial',
  'uuid',
  'imei',
  'udid',
  'assetTag',
  'boardSerial',
  'chassisSerial',
  'machineId',
  'sshHostKey',
  'mac',
  'fqdn',
] as const satisfies readonly IdentifierType[];

/** A hypervisor knows its guests by UUID; only the guest itself knows a serial. */
const virtualOrder = [...new Set<IdentifierType>(['cloudId', 'k8sUid', 'uuid', ...order])];

/**
 * The identifier that a new thing's deterministic id is made of: the first type in a fixed order that the record has with strength
 * strong or medium, and of several values the first in text order. Undefined when every identifier is weak or rejected.
 */
export const strongestOf = (
  identifiers: readonly Identifier[],
  nature: DiscoveryRecord['nature'] = 'unknown',
): Identifier | undefined => {
  const naming = identifiers.filter(({ strength }) => strength === 'strong' || strength === 'medium');
  for (const type of nature === 'virtual' ? virtualOrder : order) {
    const [first] = naming.filter((one) => one.type === type).sort(byText);
    if (first !== undefined) return first;
  }
  return undefined;
};

const byText = (a: Identifier, b: Identifier): number => {
  const [left, right] = [a, b].map(({ value, scope = '', qualifier = '' }) =>
    JSON.stringify([value, scope, qualifier]),
  );
  return (left ?? '') < (right ?? '') ? -1 : 1;
};
