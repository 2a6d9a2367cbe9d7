import * as z from 'zod';
import { ClassName } from '../ci/class-name.ts';
import { Condition } from './condition.ts';

export const HealthSeverity = z.enum(['low', 'medium', 'high', 'critical']).meta({ id: 'HealthSeverity' });
export const HealthCategory = z.enum(['completeness', 'correctness', 'compliance']).meta({ id: 'HealthCategory' });

const Days = z.int().min(1).max(3650);
const Weight = z.int().min(1).max(100);

/**
 * What a rule looks at. `present`: the record has a value. `related`: the CI takes part in a map, so that failure travels to or from it.
 * `bound`: an asset realises the CI. `seen`: a source spoke of it within `days`, or within those of its class. `unique`: no other record
 * of the same family of classes has one of these identifiers. `held`: an asset in use has a holder or a CI. `in-service`: the CI
 * of an asset in use is not retired. `condition`: the tenant's own.
 */
export const HealthCheck = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('present'), attribute: z.string() }),
  z.strictObject({ kind: z.literal('related') }),
  z.strictObject({ kind: z.literal('bound') }),
  z.strictObject({ kind: z.literal('seen'), days: Days, daysByClass: z.partialRecord(ClassName, Days) }),
  z.strictObject({ kind: z.literal('unique'), identifiers: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('held') }),
  z.strictObject({ kind: z.literal('in-service') }),
  Condition.extend({ kind: z.literal('condition') }),
]);
export type HealthCheck = z.infer<typeof HealthCheck>;

/** A rule on the health of records. `classes`: whose, `asset` for assets and `ci` for all CIs; a class stands for those below it too. `fix` tells a person what to do. */
export const HealthRule = z
  .strictObject({
    ruleId: z.string(),
    title: z.string(),
    category: HealthCategory,
    classes: z.array(ClassName).min(1).max(30),
    check: HealthCheck,
    severity: HealthSeverity,
    weight: Weight,
    fix: z.string(),
    enabled: z.boolean(),
  })
  .meta({ id: 'HealthRule' });
export type HealthRule = z.infer<typeof HealthRule>;

const levels = { enabled: z.boolean().optional(), severity: HealthSeverity.optional(), weight: Weight.optional() };

/** What a tenant says of a rule that Hangar comes with: what is left out stays as it is. Days are for rules that look at the last sighting. */
export const BuiltInChange = z
  .strictObject({ ...levels, days: Days.optional(), daysByClass: z.partialRecord(ClassName, Days).optional() })
  .meta({ id: 'BuiltInHealthRuleChange' });
export type BuiltInChange = z.infer<typeof BuiltInChange>;

/** A rule of a tenant's own: what must hold for the records of some classes. */
export const OwnRule = z
  .strictObject({
    title: z.string().trim().min(1).max(200),
    classes: z.array(ClassName).min(1).max(30),
    condition: Condition,
    severity: HealthSeverity.default('medium'),
    weight: Weight.default(5),
    fix: z.string().trim().min(1).max(500),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'OwnHealthRule' });
export type OwnRule = z.infer<typeof OwnRule>;

export const HealthRuleId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,59}$/, 'A rule id is 2 to 60 of a-z, 0-9 and dash, and begins with a letter.')
  .meta({ id: 'HealthRuleId' });

/** All that a tenant says about health rules. `sightingDays`: the shortest time after which one of them finds a record stale, if any does. */
export const TenantRules = z.strictObject({
  changed: z.record(HealthRuleId, BuiltInChange),
  own: z.record(HealthRuleId, OwnRule),
  sightingDays: Days.optional(),
});
export type TenantRules = z.infer<typeof TenantRules>;
