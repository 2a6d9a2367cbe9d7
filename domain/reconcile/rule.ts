import * as z from 'zod';
import { type CiClassName, ciClasses } from '../ci/ci-classes.ts';

/** Whose attributes a rule is about: assets, all CIs, or the CIs of one class and of the classes below it. */
export const RuleClass = z
  .enum(['asset', 'ci', ...(Object.keys(ciClasses) as CiClassName[])], {
    error: 'Neither a CI class, nor `ci` for all of them, nor `asset`.',
  })
  .meta({ id: 'RuleClass' });
export type RuleClass = z.output<typeof RuleClass>;

/** A source by name (`glpi-oslo`), several by the beginning of their names (`glpi-*`), or a half (`discovery`, `book`). */
export const SourcePattern = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,62}\*?$/,
    'Neither a source, nor the beginning of one (`glpi-*`), nor `discovery` or `book`.',
  )
  .refine((pattern) => pattern !== 'manual', 'A value set by hand locks its field: people always come first.')
  .meta({ id: 'SourcePattern' });
export type SourcePattern = z.output<typeof SourcePattern>;

const Patterns = z
  .array(SourcePattern)
  .max(16)
  .refine((patterns) => new Set(patterns).size === patterns.length, 'A source is named twice.');

/** A length of time without months, which differ: days as a number, or ISO 8601 in days, weeks or hours (`P30D`, `P2W`, `PT36H`). */
export const Freshness = z
  .union([z.int().min(1).max(3650), z.string().regex(/^P([1-9]\d{0,3}D|[1-9]\d{0,2}W|T[1-9]\d{0,4}H)$/)], {
    error: 'Days as a number, or a duration in days, weeks or hours: P30D, P2W, PT36H.',
  })
  .meta({ id: 'Freshness' });
export type Freshness = z.output<typeof Freshness>;

/** The attribute that stands for all that no rule names. */
export const anyAttribute = '*';

/**
 * Which source's value of an attribute is shown. `order`: who is asked first; a source that it does not name comes after all that it
 * does. `freshness`: a source that was silent about the thing for longer comes after those that were not. `writeIfEmpty`: what these
 * sources say shows only when no other has a value. A value set by hand comes before all of it.
 */
export const ReconciliationRule = z
  .strictObject({
    class: RuleClass,
    attribute: z.string().min(1).max(200),
    order: Patterns.min(1),
    freshness: Freshness.optional(),
    writeIfEmpty: Patterns.optional(),
  })
  .meta({ id: 'ReconciliationRule' });
export type ReconciliationRule = z.output<typeof ReconciliationRule>;

const hourMs = 3_600_000;
const unitMs: Record<string, number> = { H: hourMs, D: 24 * hourMs, W: 7 * 24 * hourMs };

/** The length of a freshness window, in milliseconds. */
export const freshnessMs = (freshness: Freshness): number =>
  typeof freshness === 'number'
    ? freshness * 24 * hourMs
    : Number(freshness.replaceAll(/\D/g, '')) * (unitMs[freshness.at(-1) ?? ''] ?? Number.NaN);
