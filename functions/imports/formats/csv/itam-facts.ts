import type * as z from 'zod';
import { ItamFacts } from '../../../../domain/discovery/facts.ts';
import type { Money } from '../../../../domain/shared/money.ts';
import { currencyOf } from './currencies.ts';
import { fitText } from './fit-text.ts';
import { unitOf } from './header-unit.ts';
import { readHolder } from './holder.ts';
import { addMonths, parseDate } from './parse-date.ts';
import { parseMoney } from './parse-money.ts';
import type { Field, Profile } from './profile.ts';
import { statusOf } from './status-words.ts';
import type { TableRow } from './table-row.ts';

const plainFields = [
  'category',
  'manufacturer',
  'model',
  'modelNumber',
  'company',
  'department',
  'costCentre',
  'supplier',
] as const;
const textFields = [...plainFields, 'orderNumber', 'notes', 'name', 'location', 'holder', 'holderEmail'] as const;
type TextField = (typeof textFields)[number];

const longest = new Map(
  textFields.map((field) => [field, (ItamFacts.shape[field].unwrap() as z.ZodString).maxLength ?? 200]),
);

/** The ITAM facts of a row. What is blank is left out; what cannot be read is left out with a warning that names line and column. */
export const readItamFacts = (row: TableRow, profile: Profile): ItamFacts => {
  const facts: Record<string, unknown> = {};
  const put = (field: keyof ItamFacts, value: unknown): void => {
    if (value !== undefined) facts[field] = value;
  };
  const putText = (field: TextField, text: string | undefined): void =>
    put(field, fitText(row, field, text, longest.get(field) ?? 200));

  const { isCheckedOut, holder, holderEmail } = readHolder(row);
  put('status', readStatus(row, isCheckedOut));
  putText('name', (row.read('name') ?? row.read('hostname'))?.value);
  for (const field of plainFields) putText(field, row.read(field)?.value);
  putText('holder', holder);
  putText('holderEmail', holderEmail);
  putText('location', (row.read('checkoutLocation') ?? row.read('location'))?.value);
  putText('orderNumber', row.read('orderNumber')?.value);
  const purchaseDate = readDate(row, 'purchaseDate', profile);
  put('purchaseDate', purchaseDate);
  put('purchaseCost', readCost(row, profile));
  put('warrantyEnd', readDate(row, 'warranty', profile, purchaseDate));
  put('eolDate', readDate(row, 'eol', profile, purchaseDate));
  put('seats', readSeats(row));
  putText('notes', row.read('notes')?.value);
  return facts;
};

const readStatus = (row: TableRow, isCheckedOut: boolean): string | undefined => {
  const cell = row.read('status');
  if (cell === undefined) return isCheckedOut ? 'deployed' : 'in-stock';
  const status = statusOf(cell.value, isCheckedOut);
  if (status === undefined) row.warn('unknown-status', 'not a known status, left out', cell);
  return status;
};

/** A date, or a term (`36 months`, `3 years`, bare months) counted from the purchase: the form in which books write warranties. */
const readDate = (row: TableRow, field: Field, { dateOrder }: Profile, purchased?: string): string | undefined => {
  const candidates = row.readAll(field);
  const isTermField = field !== 'purchaseDate';
  for (const { value } of candidates) {
    const date = parseDate(value, dateOrder);
    if (date !== undefined) return date;
    const term = isTermField ? /^(\d{1,3})\s*(m|mo|months?|y|yrs?|years?)?\.?$/i.exec(value) : null;
    const count = Number(term?.[1]) * (/^y/i.test(term?.[2] ?? '') ? 12 : 1);
    if (term !== null && purchased !== undefined && count > 0 && count <= 600) return addMonths(purchased, count);
    if (term !== null) return undefined;
  }
  const [cell] = candidates;
  if (cell !== undefined)
    row.warn(
      'unreadable-date',
      `no date in the order ${dateOrder} (name another with the profile, such as generic:dmy)`,
      cell,
    );
  return undefined;
};

const readCost = (row: TableRow, { decimal, currency }: Profile): Money | undefined => {
  const cell = row.read('purchaseCost');
  if (cell === undefined) return undefined;
  const beside = row.read('currency');
  const home =
    currencyOf(beside?.value ?? unitOf(cell.title) ?? '', currency) ?? (beside === undefined ? currency : undefined);
  const money = home === undefined ? undefined : parseMoney(cell.value, { decimal, currency: home });
  if (money === undefined)
    row.warn('unreadable-money', `no amount in ${home ?? 'a known currency'} with the decimal mark "${decimal}"`, cell);
  return money;
};

const readSeats = (row: TableRow): number | undefined => {
  const cell = row.read('seats');
  if (cell === undefined) return undefined;
  if (/^\d{1,9}$/.test(cell.value)) return Number(cell.value);
  row.warn('unreadable-number', 'not a whole number', cell);
  return undefined;
};
