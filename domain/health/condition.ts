import * as z from 'zod';
import type { FacetValue } from '../reconcile/facet.ts';

const operators = [
  'equals',
  'not-equals',
  'in',
  'not-in',
  'starts-with',
  'contains',
  'at-least',
  'at-most',
  'present',
  'absent',
] as const;

const lists: readonly string[] = ['in', 'not-in'];
const bare: readonly string[] = ['present', 'absent'];

/**
 * One comparison of a shown attribute with a value; nothing nests. Texts are compared without regard to case; `at-least` and
 * `at-most` compare numbers, or dates and moments as text. `whenMissing`: what it means when there is nothing to compare.
 */
export const Condition = z
  .strictObject({
    attribute: z.string().min(1).max(200),
    operator: z.enum(operators),
    value: z.union([z.string().max(300), z.number(), z.boolean(), z.array(z.string().max(300)).max(50)]).optional(),
    whenMissing: z.enum(['fails', 'passes']).default('fails'),
  })
  .meta({ id: 'HealthCondition' });
export type Condition = z.infer<typeof Condition>;

/** Why a condition cannot be used, if so; for the answer to whoever wrote it. */
export const faultOf = ({ operator, value }: Pick<Condition, 'operator' | 'value'>): string | undefined => {
  if (bare.includes(operator))
    return value === undefined ? undefined : `${operator} compares with nothing: leave value out.`;
  if (value === undefined) return `${operator} needs a value.`;
  if (lists.includes(operator) !== Array.isArray(value))
    return Array.isArray(value) ? `${operator} takes one value, not a list.` : `${operator} takes a list of texts.`;
  const ordered = operator === 'at-least' || operator === 'at-most';
  return ordered && typeof value === 'boolean' ? `${operator} needs a number or a date.` : undefined;
};

/** Does it hold for this value of its attribute? */
export const holds = (condition: Condition, found: FacetValue | undefined): boolean => {
  const { operator, value, whenMissing } = condition;
  const missing = found === undefined || found === '';
  if (operator === 'present') return !missing;
  if (operator === 'absent') return missing;
  if (missing || value === undefined) return whenMissing === 'passes';
  const texts = textsOf(found);
  const wanted = (Array.isArray(value) ? value : [value]).map((one) => String(one).toLowerCase());
  const [first = ''] = wanted;
  if (operator === 'equals' || operator === 'in') return texts.some((text) => wanted.includes(text));
  if (operator === 'not-equals' || operator === 'not-in') return !texts.some((text) => wanted.includes(text));
  if (operator === 'starts-with') return texts.some((text) => text.startsWith(first));
  if (operator === 'contains') return texts.some((text) => text.includes(first));
  return texts.some((text) => (operator === 'at-least' ? order(text, first) >= 0 : order(text, first) <= 0));
};

const textsOf = (found: FacetValue): string[] => {
  if (Array.isArray(found)) return found.map((one) => one.toLowerCase());
  return typeof found === 'object' ? [`${found.minor} ${found.currency}`.toLowerCase()] : [String(found).toLowerCase()];
};

const order = (a: string, b: string): number => {
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
};
