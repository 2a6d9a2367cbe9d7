import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ClassPlace } from '../../domain/ci/class-name.ts';
import type { AttributeDefinition } from '../../domain/model/attribute-definition.ts';
import { attributeFault } from '../../domain/model/attribute-fault.ts';
import { changeClass, createClass } from '../../domain/model/change-class.ts';
import { checkAttributes } from '../../domain/model/check-attributes.ts';
import type { OwnClass } from '../../domain/model/own-class.ts';
import { definitionOf, pathOf, resolveClass } from '../../domain/model/resolve-class.ts';
import { Problem } from '../../domain/shared/problem.ts';

const names = ['gate', 'width', 'rackUnit', 'tags.zone', 'os.version'];
const definition: fc.Arbitrary<AttributeDefinition> = fc.oneof(
  fc.constantFrom<AttributeDefinition>(
    { type: 'text' },
    { type: 'text', many: true },
    { type: 'text', max: 3 },
    { type: 'integer', min: 0 },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'date' },
  ),
  fc.subarray(['T1', 'T2', 'T5'], { minLength: 1 }).map((options): AttributeDefinition => ({ type: 'enum', options })),
);
const attributes = fc.dictionary(fc.constantFrom(...names), definition, { maxKeys: 4 });
const value = fc.constantFrom('T1', 'T5', 'long text', 7, 7.5, true, '2026-05-03', ['a', 'b']);

const step = fc.oneof(
  fc.record({ act: fc.constant('create' as const), parent: fc.nat(5), attributes }),
  fc.record({ act: fc.constant('change' as const), at: fc.nat(5), attributes, retired: fc.boolean() }),
  fc.record({ act: fc.constant('write' as const), at: fc.nat(5), name: fc.constantFrom(...names), value }),
);

/** What the API does to the model, one step after the other; what is not allowed is left out. */
const live = (steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) => {
  const own = new Map<string, OwnClass>();
  const written: { place: ClassPlace; name: string; value: string | number | boolean | string[] }[] = [];
  const placeAt = (n: number): ClassPlace => {
    const all = [...own.values()].filter(({ ownClasses }) => ownClasses.length > 0);
    const found = n === 0 ? undefined : all[(n - 1) % Math.max(1, all.length)];
    return found === undefined ? { class: 'computer' } : { class: found.builtIn, ownClasses: found.ownClasses };
  };
  for (const one of steps) {
    try {
      if (one.act === 'create') {
        const parent = resolveClass(placeAt(one.parent), [...own.values()]);
        const name = `own-${own.size}`;
        own.set(
          name,
          createClass({ class: name, label: name, extends: parent.name, attributes: one.attributes }, parent),
        );
      } else if (one.act === 'change') {
        const place = placeAt(one.at);
        const name = pathOf(place).at(-1) ?? '';
        const known = own.get(name);
        if (known === undefined) continue;
        const above = [...own.values()].filter((other) => other.name !== name);
        const parent = resolveClass({ ...place, ownClasses: (place.ownClasses ?? []).slice(0, -1) }, above);
        own.set(name, changeClass(known, { attributes: one.attributes, retired: one.retired }, parent));
      } else {
        const place = placeAt(one.at);
        checkAttributes(resolveClass(place, [...own.values()]), { [one.name]: one.value }, new Set());
        written.push({ place, name: one.name, value: one.value });
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return { own: [...own.values()], written };
};

describe('the model of a tenant', () => {
  it('explains every value that it ever took, after any sequence of changes that it allows', () => {
    let explained = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { own, written } = live(steps);
        for (const { place, name, value } of written) {
          const found = definitionOf(resolveClass(place, own), name);
          expect(found).toBeDefined();
          if (found === undefined || found.retired === true) continue;
          // The type still takes it: only bounds and options, which say what is right today, may have been narrowed.
          const { min: _min, max: _max, options: _options, ...type } = found;
          const shape = type.type === 'enum' ? { ...type, type: 'text' as const } : type;
          expect(attributeFault(shape, value)).toBeUndefined();
          explained += 1;
        }
      }),
    );
    expect(explained).toBeGreaterThan(10);
  });

  it('resolves a class in one way, whatever order its parts are read in: the nearest definition holds', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 20 }), fc.infiniteStream(fc.nat()), (steps, random) => {
        const { own } = live(steps);
        const shuffled = own
          .map((one) => [random.next().value ?? 0, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        for (const { builtIn, ownClasses } of own) {
          const place = { class: builtIn, ownClasses };
          const resolved = resolveClass(place, own);
          expect([...resolveClass(place, shuffled).attributes]).toEqual([...resolved.attributes]);
          const parents = own.filter((one) => resolved.path.includes(one.name));
          for (const [name, found] of resolved.attributes) {
            const nearest = [...resolved.path]
              .reverse()
              .find((at) =>
                parents.some(
                  (one) => one.name === at && one.attributes[name]?.retired === undefined && name in one.attributes,
                ),
              );
            if (nearest !== undefined) expect(found).toMatchObject({ from: nearest, own: true });
          }
        }
      }),
    );
  });
});
