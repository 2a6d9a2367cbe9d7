import { ItamFacts } from '../../../../domain/discovery/facts.ts';
import type { RecordWarning } from '../../../../domain/discovery/record.ts';
import type { Money } from '../../../../domain/shared/money.ts';
import { momentOf } from '../aws/moment.ts';
import { cellValue, clip, shown } from '../csv/clean-cell.ts';
import { addMonths, parseDate } from '../csv/parse-date.ts';
import { parseMoney } from '../csv/parse-money.ts';
import type { Book } from './thing.ts';

const limits = { status: 60, name: 300, orderNumber: 100, costCentre: 100, notes: 1000 } as const;
const textFields = [
  ...([
    'status',
    'name',
    'category',
    'manufacturer',
    'model',
    'modelNumber',
    'holder',
    'holderEmail',
    'location',
  ] as const),
  ...(['company', 'department', 'costCentre', 'supplier', 'orderNumber', 'notes'] as const),
];

/** A date by text in an order that cannot be misread, or by moment; a time zone never moves the day that is written. */
const dateOf = (values: readonly unknown[] = []): string | undefined => {
  for (const value of values) {
    const found = typeof value === 'string' ? parseDate(value.trim(), 'ymd') : momentOf(value)?.slice(0, 10);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * An amount with either mark before its decimals: the language of the tool's site decides how it writes them. `1.599` could be both
 * and is refused.
 */
export const amountOf = (text: string, currency: string): Money | undefined =>
  /^\D*\d{1,3}\.\d{3}\D*$/.test(text)
    ? undefined
    : (parseMoney(text, { decimal: '.', currency }) ?? parseMoney(text, { decimal: ',', currency }));

const unread = (code: string, what: string, values: readonly unknown[]): RecordWarning[] => {
  const value = values.find((one) => typeof one === 'string' && one.trim() !== '');
  return value === undefined
    ? []
    : [{ code, detail: `${shown(String(value))} is no ${what} that can be read; it was left out.` }];
};

/** The ITAM facts of a row: blank ones are left out, unreadable ones with a warning. `home`: the currency of bare amounts. */
export const bookFacts = (book: Book, home: string): { facts: ItamFacts; warnings: RecordWarning[] } => {
  const texts = textFields.flatMap((field) => {
    const text = cellValue(book[field] ?? '');
    return text === undefined ? [] : [[field, clip(text, limits[field as keyof typeof limits] ?? 200)] as const];
  });
  const prices = (book.prices ?? []).flatMap((price) => cellValue(price ?? '') ?? []);
  const currency = /^[A-Z]{3}$/.test(book.currency ?? '') ? (book.currency ?? home) : home;
  const purchaseCost = prices.map((price) => amountOf(price, currency)).find((money) => money !== undefined);
  const purchaseDate = dateOf(book.purchaseDates);
  const months = book.warrantyMonths ?? 0;
  const term =
    purchaseDate !== undefined && months > 0 && months <= 600 ? addMonths(purchaseDate, Math.round(months)) : undefined;
  const warrantyEnd = dateOf(book.warrantyDates) ?? term;
  const eolDate = dateOf(book.eolDates);
  const all = { ...Object.fromEntries(texts), purchaseDate, purchaseCost, warrantyEnd, eolDate };
  return {
    facts: ItamFacts.parse(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))),
    warnings: [
      ...(purchaseCost === undefined ? unread('unreadable-money', 'amount', prices) : []),
      ...(purchaseDate === undefined ? unread('unreadable-date', 'date', book.purchaseDates ?? []) : []),
      ...(warrantyEnd === undefined ? unread('unreadable-date', 'date', book.warrantyDates ?? []) : []),
    ],
  };
};
