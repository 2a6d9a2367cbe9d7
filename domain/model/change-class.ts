import type { ClassPlace } from '../ci/class-name.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import type { AttributeDefinition } from './attribute-definition.ts';
import type { CiClassChange, NewCiClass, OwnAttribute, OwnClass } from './own-class.ts';
import type { ResolvedClass } from './resolve-class.ts';

/** Names that rules on reconciliation and attributes use for something else. */
const taken: ReadonlySet<string> = new Set(['ci', 'asset']);
const deepest = 8;

/** A class of the tenant's own below `parent`. Throws with every reason why it cannot be. */
export const createClass = (input: NewCiClass, parent: ResolvedClass): OwnClass => {
  const refusals: Refusal[] = [];
  const say = (pointer: string, detail: string) => refusals.push({ code: 'unprocessable', pointer, detail });
  if (taken.has(input.class)) say('#/body/class', `${input.class} stands for something else.`);
  if (parent.retired) say('#/body/extends', `${parent.name} is retired.`);
  const ownClasses = [...(parent.ownClasses ?? []), input.class];
  if (ownClasses.length > deepest)
    say('#/body/extends', `More than ${deepest} classes of your own, one below the other.`);
  refuse([...refusals, ...misfits(input.attributes, {}, parent)]);
  const { label, description, attributes } = input;
  return {
    name: input.class,
    builtIn: parent.class,
    ownClasses,
    label,
    ...(description === undefined ? {} : { description }),
    attributes,
  };
};

/**
 * What the tenant has under this name after a change. What is left out is retired and kept, so that what was written under it can
 * still be explained; a type may only widen, so that no value that was right becomes wrong by it. `above`: all that it inherits, and for
 * a built-in class what it has by itself.
 */
export const changeClass = (known: OwnClass, change: CiClassChange, above: ResolvedClass): OwnClass => {
  const refusals = misfits(change.attributes, known.attributes, above);
  if (known.ownClasses.length === 0) {
    for (const field of ['label', 'description'] as const) {
      if (change[field] === undefined) continue;
      refusals.push({ code: 'unprocessable', pointer: `#/body/${field}`, detail: 'A built-in class keeps its own.' });
    }
    if (change.retired) {
      refusals.push({ code: 'unprocessable', pointer: '#/body/retired', detail: 'A built-in class is not retired.' });
    }
  }
  refuse(refusals);
  const left = Object.entries(known.attributes).filter(([name]) => !Object.hasOwn(change.attributes, name));
  const retired = left.map(([name, definition]): [string, OwnAttribute] => [name, { ...definition, retired: true }]);
  const label = change.label ?? known.label;
  return {
    name: known.name,
    builtIn: known.builtIn,
    ownClasses: known.ownClasses,
    ...(label === undefined ? {} : { label }),
    ...(change.description === undefined ? {} : { description: change.description }),
    ...(change.retired ? { retired: true as const } : {}),
    attributes: { ...Object.fromEntries(retired), ...change.attributes },
  };
};

/** Nothing under this name yet: a built-in class without attributes of the tenant's own. */
export const untouched = ({ class: builtIn }: ClassPlace): OwnClass => ({
  name: builtIn,
  builtIn,
  ownClasses: [],
  attributes: {},
});

type Attributes = Readonly<Record<string, OwnAttribute>>;

const misfits = (next: Attributes, known: Attributes, above: ResolvedClass): Refusal[] =>
  Object.entries(next).flatMap(([name, definition]): Refusal[] => {
    const before = Object.hasOwn(known, name) ? known[name] : above.attributes.get(name);
    if (before === undefined || widens(before, definition)) return [];
    const where = Object.hasOwn(known, name) ? '' : ` in ${above.attributes.get(name)?.from}`;
    return [
      {
        code: 'unprocessable',
        pointer: `#/body/attributes/${name}/type`,
        detail: `${name} is ${shapeOf(before)}${where}; ${shapeOf(definition)} would not take what was written.`,
        fix: 'Leave it out, so that it is retired and its values stay shown, and name a new attribute.',
      },
    ];
  });

/** Does the second take every value that the first does, as far as the type goes? Text takes every text. */
const widens = (before: AttributeDefinition, after: AttributeDefinition): boolean => {
  if (before.many !== after.many) return false;
  if (before.type === after.type) return true;
  if (before.type === 'integer') return after.type === 'number';
  return after.type === 'text' && before.type !== 'number' && before.type !== 'boolean';
};

const shapeOf = ({ type, many }: AttributeDefinition): string =>
  many === true ? `a list of ${type}` : `of type ${type}`;
