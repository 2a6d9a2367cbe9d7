import * as z from 'zod';
import { CiClass } from '../../domain/ci/ci-classes.ts';
import { ClassName } from '../../domain/ci/class-name.ts';
import { AttributeDefinition } from '../../domain/model/attribute-definition.ts';
import type { OwnClass } from '../../domain/model/own-class.ts';
import type { ResolvedClass } from '../../domain/model/resolve-class.ts';
import { Timestamp } from '../../domain/shared/time.ts';
import type { Stored } from '../store/entity.ts';

const Layer = z.enum(['physical', 'logical', 'application', 'service']);

const summary = {
  class: ClassName,
  label: z.string(),
  layer: Layer,
  extends: ClassName.optional(),
  builtInClass: CiClass,
  own: z.boolean(),
  retired: z.boolean(),
};

export const CiClassSummary = z.strictObject(summary).meta({ id: 'CiClassSummary' });

/** `from`: the class that it comes from, `ci` for what every CI has. `own`: it was put there by you, and PUT changes it. */
const ClassAttribute = z
  .strictObject({
    name: z.string(),
    definition: AttributeDefinition,
    from: z.string(),
    own: z.boolean(),
    retired: z.boolean(),
  })
  .meta({ id: 'ClassAttribute' });

/** Version 0: a built-in class that nothing was added to. */
export const CiClassView = z
  .strictObject({
    ...summary,
    description: z.string().optional(),
    path: z.array(ClassName),
    asset: z.boolean(),
    attributes: z.array(ClassAttribute),
    version: z.int().nonnegative(),
    updatedAt: Timestamp.optional(),
  })
  .meta({ id: 'CiClassView' });

/** What was stored under a name at one version, without what it inherits. */
export const CiClassState = z
  .strictObject({
    class: ClassName,
    label: z.string().optional(),
    description: z.string().optional(),
    retired: z.boolean(),
    attributes: z.array(ClassAttribute),
    version: z.int(),
  })
  .meta({ id: 'CiClassState' });

const parentOf = ({ path }: Pick<ResolvedClass, 'path'>) => {
  const parent = path.at(-2);
  return parent === undefined ? {} : { extends: parent };
};

export const showSummary = (resolved: ResolvedClass): z.input<typeof CiClassSummary> => ({
  class: resolved.name,
  label: resolved.label,
  layer: resolved.layer,
  ...parentOf(resolved),
  builtInClass: resolved.class,
  own: (resolved.ownClasses ?? []).length > 0,
  retired: resolved.retired,
});

export const showClass = (
  resolved: ResolvedClass,
  stored: Pick<Stored<OwnClass>, 'version' | 'change'> & { value?: OwnClass },
): z.input<typeof CiClassView> => ({
  ...showSummary(resolved),
  ...(stored.value?.description === undefined ? {} : { description: stored.value.description }),
  path: [...resolved.path],
  asset: resolved.asset,
  attributes: showAttributes(resolved.attributes),
  version: stored.version,
  ...(stored.change === undefined ? {} : { updatedAt: stored.change.at }),
});

export const showState = ({ value, version }: Stored<OwnClass>): z.input<typeof CiClassState> => ({
  class: value.name,
  ...(value.label === undefined ? {} : { label: value.label }),
  ...(value.description === undefined ? {} : { description: value.description }),
  retired: value.retired === true,
  attributes: showAttributes(
    new Map(Object.entries(value.attributes).map(([name, one]) => [name, { ...one, from: value.name, own: true }])),
  ),
  version,
});

const showAttributes = (attributes: ResolvedClass['attributes']): z.input<typeof ClassAttribute>[] =>
  [...attributes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { from, own, retired, ...definition }]) => ({
      name,
      definition,
      from,
      own,
      retired: retired === true,
    }));
