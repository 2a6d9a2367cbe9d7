import * as z from 'zod';

type Clearable<Shape extends z.ZodRawShape> = { [Key in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Key]>> };

/** The schema of a PATCH (JSON merge patch, RFC 7396): absent leaves a field, `null` clears what a person set. */
export const clearable = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Clearable<Shape>, z.core.$strict> => {
  const made = new Map<unknown, z.ZodType>();
  const clear = (schema: z.ZodType): z.ZodType => {
    const known = made.get(schema) ?? z.optional(z.nullable(schema));
    made.set(schema, known);
    return known;
  };
  const entries = Object.entries(shape).map(([key, schema]) => [key, clear(schema as z.ZodType)]);
  return z.strictObject(Object.fromEntries(entries) as Clearable<Shape>);
};
