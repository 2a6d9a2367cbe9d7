import * as z from 'zod';

/** The parameters that every list takes. */
export const pageParameters = {
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().min(1).max(4000).optional(),
};

/** The query of a list that takes nothing else. */
export const PageQuery = z.strictObject(pageParameters);
export type PageQuery = z.output<typeof PageQuery>;

/** One page of a list: `nextCursor` is there when more may follow. */
export const pageOf = <Schema extends z.ZodType>(id: string, item: Schema) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().optional() }).meta({ id });
