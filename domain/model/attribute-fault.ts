import type { FacetValue } from '../reconcile/facet.ts';
import type { AttributeDefinition, AttributeType } from './attribute-definition.ts';

const longestMatched = 200;

const ipv4 = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/;
const ipv6 = /^(?=.*:.*:)[0-9a-f:]{2,39}$/i;
const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

const isDate = (text: string): boolean =>
  date.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** What a value of each type looks like, for those that are text. */
const looks: Partial<Record<AttributeType, readonly [(text: string) => boolean, string]>> = {
  date: [isDate, 'a date such as 2026-05-03'],
  'date-time': [
    (text) => moment.test(text) && !Number.isNaN(Date.parse(text)),
    'a moment with its offset, such as 2026-05-03T10:00:00Z',
  ],
  url: [(text) => /^https?:\/\/[^\s/?#]+\S*$/i.test(text), 'an address with http:// or https://'],
  ip: [(text) => ipv4.test(text) || ipv6.test(text), 'an IPv4 or IPv6 address'],
  mac: [(text) => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text), 'a MAC address such as a4:bb:6d:00:00:01'],
  email: [(text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), 'a mail address'],
};

/** Why a value does not fit its attribute; undefined when it does. Told to a person who writes it. */
export const attributeFault = (definition: AttributeDefinition, value: FacetValue): string | undefined => {
  if (definition.many !== true) return faultOfOne(definition, value);
  if (!Array.isArray(value)) return `A list of ${definition.type} values.`;
  return value.map((one) => faultOfOne(definition, one)).find((fault) => fault !== undefined);
};

const faultOfOne = (definition: AttributeDefinition, value: FacetValue): string | undefined => {
  const { type, options } = definition;
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : 'true or false.';
  if (type === 'integer' || type === 'number') return faultOfNumber(definition, value);
  if (typeof value !== 'string') return `A ${type} is written as a text.`;
  if (type === 'text') return faultOfText(definition, value);
  if (type === 'enum') return options?.includes(value) === true ? undefined : `One of: ${options?.join(', ')}.`;
  const [accepts, form] = looks[type] ?? [];
  return accepts?.(value) === false ? `It takes ${form}.` : undefined;
};

const faultOfNumber = ({ type, min, max, unit }: AttributeDefinition, value: FacetValue): string | undefined => {
  const measured = unit === undefined ? '' : ` ${unit}`;
  if (typeof value !== 'number' || !Number.isFinite(value))
    return `A number${unit === undefined ? '' : ` of ${unit}`}.`;
  if (type === 'integer' && !Number.isInteger(value)) return 'A whole number.';
  if (min !== undefined && value < min) return `At least ${min}${measured}.`;
  return max !== undefined && value > max ? `At most ${max}${measured}.` : undefined;
};

const faultOfText = ({ pattern, min, max }: AttributeDefinition, value: string): string | undefined => {
  if (min !== undefined && value.length < min) return `At least ${min} characters.`;
  if (max !== undefined && value.length > max) return `At most ${max} characters.`;
  if (pattern === undefined) return undefined;
  const fits = value.length <= longestMatched && new RegExp(`^(?:${pattern})$`, 'u').test(value);
  return fits ? undefined : `Up to ${longestMatched} characters that match ${pattern}.`;
};
