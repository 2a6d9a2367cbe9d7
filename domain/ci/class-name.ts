import * as z from 'zod';
import { type CiClassName, ciClasses, normaliseClass } from './ci-classes.ts';

/** The name of a class, built in or the tenant's own: `boarding-gate`; written with blanks or underscores it means the same. */
export const ClassName = z
  .preprocess(
    normaliseClass,
    z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'A class is named in a-z, 0-9 and single dashes.')
      .max(60),
  )
  .meta({ id: 'ClassName' });
export type ClassName = string;

export const isBuiltIn = (name: string): name is CiClassName => Object.hasOwn(ciClasses, name);

/** A built-in class and its ancestors, the broadest first. */
export const builtInPath = (name: CiClassName): CiClassName[] => {
  const parent = (ciClasses[name] as { extends?: CiClassName }).extends;
  return parent === undefined ? [name] : [...builtInPath(parent), name];
};

/** Where a CI stands among the classes: the nearest built-in class, and the tenant's own below it, from broad to narrow. */
export type ClassPlace = { class: CiClassName; ownClasses?: readonly string[] | undefined };

/** The most special class of a CI: what it is called by. */
export const className = ({ class: builtIn, ownClasses = [] }: ClassPlace): ClassName => ownClasses.at(-1) ?? builtIn;

const builtInPrefix = Object.fromEntries(
  (Object.keys(ciClasses) as CiClassName[]).map((name) => [name, `${builtInPath(name).join('/')}/`]),
) as Record<CiClassName, string>;

/**
 * The classes of a CI as the beginning of a sort key, so that a class is listed with those below it: `device/computer/kiosk/`. It never
 * changes for stored CIs: a tenant's class keeps its parent. A new parent for a built-in class would need the keys written anew.
 */
export const classPrefix = ({ class: builtIn, ownClasses = [] }: ClassPlace): string =>
  builtInPrefix[builtIn] + ownClasses.map((name) => `${name}/`).join('');
