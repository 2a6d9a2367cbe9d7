import { claimKeyOf, type Identifier, type IdentifierType } from './identifier.ts';
import type { Known } from './known.ts';

/** The name of the rule, as outcomes tell it. */
export const newBoardRule = 'serial-and-new-board';

/** What outlives a mainboard: it lies on the disk, or in people's heads. */
const lasting: readonly IdentifierType[] = ['machineId', 'sshHostKey', 'fqdn', 'hostname'];
/** Of these one installation has the same value for ever. */
const installed: readonly IdentifierType[] = ['machineId', 'sshHostKey'];

type Compared = Known & { shared: readonly Identifier[]; contradictions: readonly string[] };

/**
 * A device whose mainboard was exchanged has a new SMBIOS UUID and is otherwise the same: serial and vendor, and something of its
 * installation. Not when anything else contradicts, and not when the device has had that UUID before: then both boards are alive, and
 * two machines share one serial. Rule: peers-and-asks.md, ask 9.
 */
export const isNewBoard = (identifiers: readonly Identifier[], one: Compared): boolean => {
  const uuids = identifiers.filter(({ type, strength }) => type === 'uuid' && strength === 'strong');
  const [uuid, ...others] = uuids;
  const [reason, ...more] = one.contradictions;
  if (uuid === undefined || others.length > 0 || more.length > 0 || reason?.startsWith('uuid differs') !== true)
    return false;
  if (one.claims.has(claimKeyOf(uuid))) return false;
  const isInstalled = one.shared.some(({ type }) => lasting.includes(type));
  return isInstalled && sharesSerial(one) && !installed.some((type) => differs(identifiers, one, type));
};

const sharesSerial = ({ shared, held }: Compared): boolean =>
  shared.some(
    ({ type, value, qualifier, strength }) =>
      type === 'serial' &&
      strength === 'strong' &&
      qualifier !== undefined &&
      held.some((known) => known.type === type && known.value === value && known.qualifier === qualifier),
  );

const differs = (identifiers: readonly Identifier[], { shared, held }: Compared, type: IdentifierType): boolean =>
  !shared.some((one) => one.type === type) &&
  identifiers.some((one) => one.type === type && one.strength !== 'rejected') &&
  held.some((one) => one.type === type);
