import * as z from 'zod';

export const attributeTypes = [
  'text',
  'integer',
  'number',
  'boolean',
  'date',
  'date-time',
  'enum',
  'url',
  'ip',
  'mac',
  'email',
] as const;
export type AttributeType = (typeof attributeTypes)[number];

/** A pattern runs in our processes, on values of up to 200 characters: it must not be able to take long. */
const isQuick = (pattern: string): boolean => {
  const plain = pattern.replaceAll(/\\./g, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  const loops = plain.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
  return loops <= 2 && !/\)[*+{]|\(\?[^:]/.test(plain) && !/\\\d/.test(pattern);
};

const compiles = (pattern: string): boolean => {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
};

const Pattern = z
  .string()
  .min(1)
  .max(200)
  .refine(compiles, 'Not a regular expression (ECMAScript, flag u).')
  .refine(isQuick, 'At most two of *, + and {n,}, none of them behind a group; no lookaround and no back reference.');

const Definition = z.strictObject({
  type: z.enum(attributeTypes),
  label: z.string().trim().min(1).max(100).optional(),
  description: z.string().max(500).optional(),
  unit: z.string().trim().min(1).max(20).optional(),
  /** A list of such values, up to 64. */
  many: z.literal(true).optional(),
  required: z.literal(true).optional(),
  /** Of text: the whole value matches. */
  pattern: Pattern.optional(),
  /** Of numbers: the smallest and largest value; of text: the shortest and longest length. */
  min: z.number().optional(),
  max: z.number().optional(),
  options: z.array(z.string().trim().min(1).max(100)).min(1).max(200).optional(),
});

const sized: ReadonlySet<AttributeType> = new Set(['text', 'integer', 'number']);

/** What an attribute of a class takes. */
export const AttributeDefinition = Definition.superRefine((definition, context) => {
  const { type, pattern, min, max, options } = definition;
  const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if ((type === 'enum') !== (options !== undefined)) say('options', 'An enum has options, nothing else has.');
  if (options !== undefined && new Set(options).size < options.length) say('options', 'An option is named twice.');
  if (pattern !== undefined && type !== 'text') say('pattern', 'Only a text has a pattern.');
  if ((min ?? max) !== undefined && !sized.has(type)) say('min', 'Only numbers and texts have bounds.');
  if (min !== undefined && max !== undefined && min > max) say('max', 'Less than min.');
}).meta({ id: 'AttributeDefinition' });
export type AttributeDefinition = z.output<typeof Definition>;

/** The name of an attribute: `gateNumber`, or `<section>.<key>` as sources name theirs. `tags.*` stands for every key of a section. */
export const AttributeKey = z
  .string()
  .regex(
    /^[A-Za-z][\w-]*(\.([\w-]+|\*))?$/,
    'A letter, then letters, digits, _ and -; at most one dot: rack, os.version, tags.*',
  )
  .max(100);
