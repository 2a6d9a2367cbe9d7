import type { Alternative, EventFilter } from '../../functions/bus/contracts.ts';

/** Whether an event passes a filter, as Lambda's event source mappings judge it: every named value fits one of its alternatives. */
export const passesFilter = (filter: EventFilter, event: unknown): boolean =>
  Object.entries(filter).every(([name, wanted]) => {
    const value = isObject(event) ? event[name] : undefined;
    return isList(wanted) ? wanted.some((one) => fits(one, value)) : passesFilter(wanted, value);
  });

/** What is not there is neither equal to a text nor different from it. */
const fits = (wanted: Alternative, value: unknown): boolean => {
  if (typeof wanted === 'string') return value === wanted;
  if ('exists' in wanted) return (value !== undefined) === wanted.exists;
  return typeof value === 'string' && !wanted['anything-but'].includes(value);
};

const isList = (wanted: EventFilter | readonly Alternative[]): wanted is readonly Alternative[] =>
  Array.isArray(wanted);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
