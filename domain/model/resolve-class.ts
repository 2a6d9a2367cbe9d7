import { ciClasses } from '../ci/ci-classes.ts';
import { builtInPath, type ClassPlace } from '../ci/class-name.ts';
import type { AttributeDefinition } from './attribute-definition.ts';
import { builtInAttributes, commonAttributes } from './built-in-attributes.ts';
import type { OwnAttribute, OwnClass } from './own-class.ts';

/** `from`: the class that an attribute comes from; `ci` for those of every CI. `own`: the tenant has put it there. */
export type ResolvedAttribute = OwnAttribute & { from: string; own: boolean };

export type ResolvedClass = ClassPlace & {
  name: string;
  path: readonly string[];
  label: string;
  layer: (typeof ciClasses)[keyof typeof ciClasses]['layer'];
  asset: boolean;
  retired: boolean;
  attributes: ReadonlyMap<string, ResolvedAttribute>;
};

/** The names of all classes from the broadest down to this one. */
export const pathOf = ({ class: builtIn, ownClasses = [] }: ClassPlace): string[] => [
  ...builtInPath(builtIn),
  ...ownClasses,
];

/**
 * A class with all that it inherits. `own` is what the tenant has put under the names on its path, in any order; the nearest
 * definition of an attribute holds, and of one class the tenant's before the built-in one. A retired one hides none that is not: what
 * a class has given up is what it inherits again.
 */
export const resolveClass = (place: ClassPlace, own: readonly OwnClass[]): ResolvedClass => {
  const path = pathOf(place);
  const byName = new Map(own.map((one) => [one.name, one]));
  const attributes = new Map<string, ResolvedAttribute>();
  const take = (from: string, isOwn: boolean, found: Readonly<Record<string, AttributeDefinition | OwnAttribute>>) => {
    for (const [name, definition] of Object.entries(found)) {
      const isGivenUp = 'retired' in definition && definition.retired === true && attributes.has(name);
      if (!isGivenUp) attributes.set(name, { ...definition, from, own: isOwn });
    }
  };
  take('ci', false, commonAttributes);
  for (const name of path) {
    take(name, false, Object.hasOwn(builtInAttributes, name) ? builtInAttributes[name as keyof typeof ciClasses] : {});
    take(name, true, byName.get(name)?.attributes ?? {});
  }
  const name = path.at(-1) ?? place.class;
  const { layer, asset, label } = ciClasses[place.class];
  const mine = byName.get(name);
  return {
    ...place,
    name,
    path,
    label: mine?.label ?? (name === place.class ? label : name),
    layer,
    asset,
    retired: path.some((one) => byName.get(one)?.retired === true),
    attributes,
  };
};

/** What holds for an attribute: its own definition, else that of its whole section. */
export const definitionOf = ({ attributes }: ResolvedClass, name: string): ResolvedAttribute | undefined =>
  attributes.get(name) ?? (name.includes('.') ? attributes.get(`${name.slice(0, name.indexOf('.'))}.*`) : undefined);
