import * as z from 'zod';
import { catalogue } from '../../events/catalogue.ts';

type Schema = { [key: string]: unknown; properties?: Record<string, Schema>; required?: string[] };
export type EventSchemas = Record<string, Schema>;

/** The payload of every published event as JSON Schema: what consumers outside have been promised. */
export const eventSchemas = (): EventSchemas =>
  Object.fromEntries(
    catalogue.map(({ type, data }) => [type, z.toJSONSchema(data, { io: 'output', reused: 'inline' }) as Schema]),
  );

/** What a new catalogue takes away from an old one: an event, a property, a promise that a property is there, or its form. */
export const breaches = (promised: EventSchemas, present: EventSchemas): string[] =>
  Object.entries(promised).flatMap(([type, schema]) => {
    const now = present[type];
    return now === undefined ? [`${type} is gone`] : breachesIn(type, schema, now);
  });

const breachesIn = (path: string, promised: Schema, present: Schema): string[] => {
  const { properties: was = {}, required: needed = [], ...form } = promised;
  const { properties: is = {}, required: given = [], ...formNow } = present;
  return [
    ...(JSON.stringify(form) === JSON.stringify(formNow) ? [] : [`${path} has another form`]),
    ...needed.filter((name) => !given.includes(name)).map((name) => `${path}.${name} may be missing`),
    ...Object.entries(was).flatMap(([name, one]) => {
      const now = is[name];
      return now === undefined ? [`${path}.${name} is gone`] : breachesIn(`${path}.${name}`, one, now);
    }),
  ];
};
