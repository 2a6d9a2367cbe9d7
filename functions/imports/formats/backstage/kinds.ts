import type { CiClassName } from '../../../../domain/ci/ci-classes.ts';

const databases =
  /database|\bdb\b|-db$|postgres|mysql|mariadb|oracle|mssql|sql-?server|mongo|redis|dynamo|cassandra|elastic|warehouse/i;

/** The class of an entity by its kind and `spec.type`, both in lower case. */
const classes: Readonly<Record<string, (type: string) => CiClassName>> = {
  component: () => 'application',
  system: () => 'business-service',
  domain: () => 'business-service',
  api: () => 'technical-service',
  resource: (type) => (databases.test(type) ? 'database' : 'cloud-resource'),
};

/** People, teams, pointers to files and forms: entities that are no configuration items. */
const others: ReadonlySet<string> = new Set(['group', 'user', 'location', 'template']);

/** The class of the CI, `none` for a kind that makes none, undefined for one that Backstage does not have. */
export const classOfKind = (kind: string, type: string): CiClassName | 'none' | undefined => {
  if (others.has(kind)) return 'none';
  return Object.hasOwn(classes, kind) ? classes[kind]?.(type) : undefined;
};
