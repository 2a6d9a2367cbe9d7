import { locateSyntaxError } from '../glpi-json/json-syntax.ts';
import { isObject } from '../glpi-json/values.ts';

/** A configuration item as parsed, or the summary of one that was too large to be sent; or why there is none. */
export type Unwrapped = { item: Record<string, unknown>; summary?: true } | { reason: string; pointer: string };

const deepest = 6;
/** What wraps an item: SNS and Lambda (`Records[].Sns.Message`), SQS (`body`), EventBridge (`detail`), rules (`invokingEvent`). */
const wrappers = ['data', 'detail', 'Message', 'Sns', 'body', 'invokingEvent'] as const;

/**
 * The configuration items inside whatever carried them, as object or as JSON in a string; empty when there is none.
 * `pointer` is a JSON pointer to the string that is no JSON.
 */
export const unwrapItems = (value: unknown, pointer = '', depth = 0): Unwrapped[] => {
  if (depth > deepest) return [];
  if (typeof value === 'string') return fromText(value, pointer, depth);
  if (!isObject(value)) return [];
  if (isObject(value.configurationItem)) return [{ item: value.configurationItem }];
  if (isObject(value.configurationItemSummary)) return [{ item: value.configurationItemSummary, summary: true }];
  if ('resourceType' in value || ('configuration' in value && !('messageType' in value))) return [{ item: value }];
  if (Array.isArray(value.Records))
    return value.Records.flatMap((one, index) => unwrapItems(one, `${pointer}/Records/${index}`, depth + 1));
  for (const key of wrappers) {
    if (key in value) return unwrapItems(value[key], `${pointer}/${key}`, depth + 1);
  }
  return [];
};

const fromText = (text: string, pointer: string, depth: number): Unwrapped[] => {
  if (!/^\s*\{/.test(text)) return [];
  try {
    return unwrapItems(JSON.parse(text), pointer, depth + 1);
  } catch {
    const { column, found, line } = locateSyntaxError(text);
    const where = `its line ${line}, column ${column} holds ${found}`;
    return [{ reason: `The text of ${pointer || 'this entry'} is not JSON: ${where}. Send the item again.`, pointer }];
  }
};
