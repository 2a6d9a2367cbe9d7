import { isObject } from '../glpi-json/values.ts';
import { resourceIdOf } from './resource-id.ts';

type Json = Record<string, unknown>;

const deepest = 8;
/** What wraps resources: answers of REST and Resource Graph, recorded ones (placebo, cassettes), templates. */
const wrappers = ['value', 'data', 'resources', 'body', 'response', 'interactions', 'results', 'content'] as const;

const isResource = (value: Json): boolean =>
  [value.id, value.resourceId, value.ResourceId, value.Id].some((id) => resourceIdOf(id) !== undefined) ||
  /^microsoft\.[\w.]+\/\w/i.test(String(value.type ?? value.resourceType ?? value.ResourceType ?? ''));

/** The rows of a table answer of Resource Graph, as objects. */
const fromTable = (columns: readonly unknown[], rows: readonly unknown[]): Json[] => {
  const names = columns.map((column) => (isObject(column) ? String(column.name) : String(column)));
  return rows.flatMap((row) =>
    Array.isArray(row) ? [Object.fromEntries(names.map((name, at) => [name, row[at] as unknown]))] : [],
  );
};

/** Recorded bodies may be JSON in a string. */
const fromText = (text: string): unknown => {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The resources inside whatever carried them, tables among them; empty when there is none. */
export const unwrapResources = (value: unknown, depth = 0): Json[] => {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one) => unwrapResources(one, depth + 1));
  if (!isObject(value)) return [];
  if (isResource(value)) return [value];
  if (Array.isArray(value.columns) && Array.isArray(value.rows)) return fromTable(value.columns, value.rows);
  return wrappers.flatMap((key) => {
    const inner = value[key];
    return unwrapResources(key === 'body' && typeof inner === 'string' ? fromText(inner) : inner, depth + 1);
  });
};
