import * as z from 'zod';

type Clearable<Shape extends z.ZodRawShape> = { [Key in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Key]>> };

/** The schema of a PATCH (JSON merge patch, RFC 7396): absent leaves a field, `null` clears what a person set. */
export const clearable = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Clearable<Shape>, z.core.$strict> => {
  const entries = Object.entries(shape).map(([key, schema]) => [key, z.optional(z.nullable(schema as z.ZodType))]);
  return z.strictObject(Object.fromEntries(entries) as Clearable<Shape>);
};
