import * as z from 'zod';
import { canonical } from '../../domain/shared/canonical.ts';

export type JsonSchema = Record<string, unknown>;

/**
 * Collects JSON Schemas (draft 2020-12, as OpenAPI 3.1 wants them) of zod schemas; those with a `.meta({ id })` become components.
 * Throws when two different schemas carry one id: readers could not tell them apart.
 */
export const collectSchemas = () => {
  const components: Record<string, JsonSchema> = {};
  const add = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
    const { $schema: _dialect, $defs = {}, ...own } = z.toJSONSchema(schema, { io });
    for (const [id, definition] of Object.entries($defs)) {
      const next = relink(definition) as JsonSchema;
      if (components[id] !== undefined && canonical(components[id]) !== canonical(next)) {
        throw new Error(`two schemas are called ${id}`);
      }
      components[id] = next;
    }
    return relink(own) as JsonSchema;
  };
  return { components, add };
};

const relink = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(relink);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' ? [key, String(value).replace('#/$defs/', '#/components/schemas/')] : [key, relink(value)],
    ),
  );
};
