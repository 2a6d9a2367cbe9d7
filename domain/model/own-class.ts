import * as z from 'zod';
import { CiClass } from '../ci/ci-classes.ts';
import { ClassName } from '../ci/class-name.ts';
import { texts } from '../shared/scalars.ts';
import { AttributeDefinition, AttributeKey } from './attribute-definition.ts';

const mostAttributes = 200;

/**
 * What a tenant has put into the model under one name: a class of its own below `builtIn`, by way of `ownClasses` (itself the last one),
 * or, where `ownClasses` is empty, attributes more for a built-in class.
 */
export type OwnClass = {
  name: string;
  builtIn: z.output<typeof CiClass>;
  ownClasses: string[];
  label?: string | undefined;
  description?: string | undefined;
  retired?: true | undefined;
  attributes: Record<string, OwnAttribute>;
};
export type OwnAttribute = AttributeDefinition & { retired?: true | undefined };

const fields = {
  label: z.string().trim().min(1).max(100).optional(),
  description: z.string().max(500).optional(),
};

export const OwnClassSchema: z.ZodType<OwnClass> = z.strictObject({
  ...fields,
  name: z.string(),
  builtIn: CiClass,
  ownClasses: texts,
  retired: z.literal(true).optional(),
  attributes: z.record(z.string(), z.custom<OwnAttribute>()),
});

const Attributes = z
  .record(AttributeKey, AttributeDefinition)
  .refine(
    (attributes) => Object.keys(attributes).length <= mostAttributes,
    'A class has up to 200 attributes of its own.',
  );

/** A class of one's own. `extends` stays for good: it decides where its CIs are listed and what they inherit. */
export const NewCiClass = z
  .strictObject({
    ...fields,
    class: ClassName,
    label: z.string().trim().min(1).max(100),
    extends: ClassName,
    attributes: Attributes.default({}),
  })
  .meta({ id: 'NewCiClass' });
export type NewCiClass = z.output<typeof NewCiClass>;

/**
 * A class as it shall be from now on. An attribute that is left out is retired; `retired` takes no new CIs. Of a built-in class only
 * attributes can be given: they come on top of its own.
 */
export const CiClassChange = z
  .strictObject({
    ...fields,
    attributes: Attributes,
    retired: z.boolean().default(false),
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .meta({ id: 'CiClassChange' });
export type CiClassChange = z.output<typeof CiClassChange>;
