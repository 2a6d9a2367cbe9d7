import { isObject } from '../glpi-json/values.ts';
import { textAt } from '../host-facts/pick.ts';
import type { Dialect } from './device.ts';
import { crowdStrike, defender, sentinelOne } from './endpoint.ts';
import { intune } from './intune.ts';
import { jamf } from './jamf.ts';
import { kandji } from './kandji.ts';

/** A row of a tool; `organisation` where the file tells of several. */
export type Row = { dialect: Dialect; row: Record<string, unknown>; organisation: string | undefined };

export const dialects: readonly Dialect[] = [intune, jamf, crowdStrike, defender, sentinelOne, kandji];

const deepest = 5;
/** Keys that name what stands in a list, not whose it is. */
const plain =
  /^(?:value|results?|data|items|resources|agents|machines|hosts|computers?|devices?|managed_?devices|mobile_?devices?|inventory|rows|response|body|objects?)$/i;
const listEnd = /[\s_-]*(?:managed|mobile)?[\s_-]*(?:devices?|computers?)$/i;
const tenantKeys = [
  ...['organization', 'organisation', 'organizationId', 'organisationId', 'organization_id', 'organisation_id'],
  ...['tenant', 'tenantId', 'tenant_id', 'tenantDisplayName', 'customer', 'customerId', 'customer_id', 'subdomain'],
].flatMap((key) => [key, `${key}.id`, `${key}.name`]);

/** Which tool wrote the row. */
export const dialectOf = (row: Record<string, unknown>): Dialect | undefined =>
  dialects.find(({ marks }) => marks.some((group) => group.every((key) => Object.hasOwn(row, key))));

const organisationOfKey = (key: string): string | undefined => {
  if (plain.test(key)) return undefined;
  const name = key.replace(listEnd, '').trim();
  return name === '' ? key : name;
};

/**
 * The devices in a piece of JSON: a row, `{"computer": row}`, lists by organisation, or an answer around any of these. The organisation is
 * what a field beside the row or its list says, else the key of a list that is no usual name of one.
 */
export const rowsIn = (value: unknown, organisation?: string, depth = 0): Row[] => {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one) => rowsIn(one, organisation, depth + 1));
  if (!isObject(value)) return [];
  const told = textAt(value, ...tenantKeys) ?? organisation;
  const dialect = dialectOf(value);
  if (dialect !== undefined) return [{ dialect, row: value, organisation: told }];
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'object' ? rowsIn(one, organisationOfKey(key) ?? told, depth + 1) : [],
  );
};
