import { builtInRules } from './built-in-rules.ts';
import type { HealthRule, TenantRules } from './health-rule.ts';

export const noTenantRules: TenantRules = { changed: {}, own: {} };

/** All rules of a tenant, on and off: those Hangar comes with, as the tenant changed them, then the tenant's own by id. */
export const allRules = ({ changed, own }: TenantRules): HealthRule[] => [
  ...builtInRules.map((rule) => {
    const { days, daysByClass, ...levels } = Object.hasOwn(changed, rule.ruleId) ? (changed[rule.ruleId] ?? {}) : {};
    const next = { ...rule, ...levels } as HealthRule;
    if (rule.check.kind !== 'seen') return next;
    const { check } = rule;
    return { ...next, check: { ...check, days: days ?? check.days, daysByClass: daysByClass ?? check.daysByClass } };
  }),
  ...Object.keys(own)
    .sort()
    .flatMap((ruleId): HealthRule[] => {
      const rule = own[ruleId];
      if (rule === undefined) return [];
      const { condition, ...rest } = rule;
      return [{ ...rest, ruleId, category: 'compliance', check: { kind: 'condition', ...condition } }];
    }),
];

/** The shortest time after which a rule that is on finds a record stale; sightings have to be noted more often than that. */
export const shortestSightingDays = (rules: readonly HealthRule[]): number | undefined => {
  const days = rules.flatMap(({ enabled, check }) =>
    enabled && check.kind === 'seen'
      ? [check.days, ...Object.values(check.daysByClass).flatMap((own) => own ?? [])]
      : [],
  );
  return days.length === 0 ? undefined : Math.min(...days);
};

/** The rules that are on for the records at a class path (`device/computer/`). */
export type RulesFor = (path: string) => readonly HealthRule[];

export const rulesByClass = (rules: readonly HealthRule[]): RulesFor => {
  const known = new Map<string, readonly HealthRule[]>();
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const lineage = classLineage(path);
    const made = rules.filter(({ enabled, classes }) => enabled && classes.some((name) => lineage.includes(name)));
    known.set(path, made);
    return made;
  };
};

/** The path of assets, beside those of CI classes. */
export const assetPath = 'asset/';

/** The classes on a path, the most special first: `device/computer/` gives computer, device and ci; assets stand alone. */
export const classLineage = (path: string): string[] => {
  const names = path.split('/').filter((name) => name !== '');
  return path === assetPath ? names : [...names.reverse(), 'ci'];
};

/** The class that a path leads to. */
export const classAt = (path: string): string => classLineage(path)[0] ?? '';
