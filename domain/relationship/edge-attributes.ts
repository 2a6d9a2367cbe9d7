import * as z from 'zod';

/**
 * Redundancy (K of N): all edges of one name of `group` at the end that suffers form a group; that end fails only when fewer than `need` of
 * the group's members are left. An edge without a group is needed by itself. Where members disagree on `need`, the largest counts.
 */
export const EdgeAttributes = z
  .strictObject({ group: z.string().trim().min(1).max(60), need: z.int().min(1).max(1000) })
  .meta({ id: 'EdgeAttributes' });
export type EdgeAttributes = z.infer<typeof EdgeAttributes>;
