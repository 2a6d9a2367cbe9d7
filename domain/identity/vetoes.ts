import type { CiClassName } from '../ci/ci-classes.ts';
import { classesFit } from './class-family.ts';
import type { KnownDevice } from './device.ts';
import type { Identifier, IdentifierType } from './identifier.ts';
import { gatherKnown, type Known, strongValuesOf } from './known.ts';

/** Types of which one thing has the same value everywhere. An asset tag is not one: a book may give a thing a new tag. */
const decisive = ['serial', 'uuid', 'cloudId', 'imei', 'udid'] as const satisfies readonly IdentifierType[];

/**
 * Why the record cannot be the known device, as sentences for a person; empty when nothing contradicts.
 * A type contradicts when both sides have strong values of it and none is equal; the class, when the families differ.
 */
export const contradictionsOf = (
  identifiers: readonly Identifier[],
  ciClass: CiClassName | undefined,
  known: Known,
  shared: readonly Identifier[],
): string[] => {
  const differing = decisive.flatMap((type) => {
    const mine = identifiers.filter((one) => one.type === type && one.strength === 'strong').map(({ value }) => value);
    const theirs = strongValuesOf(known, type);
    const apart = mine.length > 0 && theirs.length > 0 && !mine.some((value) => theirs.includes(value));
    return apart ? [`${type} differs: record ${list(mine)}, known ${list(theirs)}`] : [];
  });
  const types = shared.map(({ type }) => type);
  const fits = classesFit(ciClass, known.device.ciClass, types);
  return fits ? differing : [...differing, `class differs: record ${ciClass}, known ${known.device.ciClass}`];
};

const list = (values: readonly string[]): string => [...new Set(values)].sort().slice(0, 5).join(', ');

/** Whether two known devices cannot be one: strong identifiers of one type without a common value, or classes of different families. */
export const devicesContradict = (a: KnownDevice, b: KnownDevice): boolean => {
  const [one, other] = [gatherKnown([{ device: a, claims: [] }], undefined)[0], gatherKnown([], b)[0]];
  if (one === undefined || other === undefined) return false;
  const shared = decisive.filter((type) => {
    const theirs = strongValuesOf(other, type);
    return strongValuesOf(one, type).some((value) => theirs.includes(value));
  });
  return (
    !classesFit(a.ciClass, b.ciClass, ['serial']) ||
    decisive.some((type) => {
      const [mine, theirs] = [strongValuesOf(one, type), strongValuesOf(other, type)];
      return mine.length > 0 && theirs.length > 0 && !shared.includes(type);
    })
  );
};
