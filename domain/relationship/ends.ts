import { type CiClassName, ciClasses } from '../ci/ci-classes.ts';
import { builtInPath, type ClassPlace, className } from '../ci/class-name.ts';
import type { Refusal } from '../shared/refusal.ts';
import { type EndKind, isSymmetric, type RelationshipType, relationshipTypes } from './relationship-types.ts';

const isOf = (kind: EndKind, { class: builtIn }: Pick<ClassPlace, 'class'>): boolean =>
  kind === 'any' || kind === ciClasses[builtIn].layer || builtInPath(builtIn).includes(kind as CiClassName);

/** May a relationship of this type lead from a CI of the one class to one of the other? A tenant's class counts as what it is below. */
export const isAllowed = (
  type: RelationshipType,
  from: Pick<ClassPlace, 'class'>,
  to: Pick<ClassPlace, 'class'>,
): boolean => {
  const fits = (a: Pick<ClassPlace, 'class'>, b: Pick<ClassPlace, 'class'>) =>
    relationshipTypes[type].pairs.some(
      (pair) => pair.from.some((kind) => isOf(kind, a)) && pair.to.some((kind) => isOf(kind, b)),
    );
  return fits(from, to) || (isSymmetric(type) && fits(to, from));
};

/** Has a CI of this class at most one open relationship of the type leading from it? */
export const hasOneAtMost = (type: RelationshipType, from: Pick<ClassPlace, 'class'>): boolean =>
  relationshipTypes[type].oneFrom.some((kind) => isOf(kind, from));

/** Why two CIs cannot be so related; empty when they can. */
export const misfitsOf = (type: RelationshipType, from: ClassPlace, to: ClassPlace): Refusal[] => {
  if (isAllowed(type, from, to)) return [];
  const pairs = relationshipTypes[type].pairs.map((pair) => `${pair.from.join(', ')} to ${pair.to.join(', ')}`);
  return [
    {
      code: 'unprocessable',
      pointer: '#/body/type',
      detail: `'${type}' does not lead from a ${className(from)} to a ${className(to)}. It leads from ${pairs.join('; from ')}.`,
      fix: 'GET /relationship-types lists what may be related to what.',
    },
  ];
};
