import { ItamFacts } from '../../../../domain/discovery/facts.ts';
import type { RecordWarning } from '../../../../domain/discovery/record.ts';
import { momentOf } from '../aws/moment.ts';
import { cellValue, clip, shown } from '../csv/clean-cell.ts';
import { addMonths, parseDate } from '../csv/parse-date.ts';
import { parseMoney } from '../csv/parse-money.ts';
import type { Purchase } from './device.ts';

const isEmail = (text: string | undefined): text is string => /^[^\s@<>]+@[^\s@<>]+$/.test(text ?? '');

const said = (text: string | undefined): string | undefined => (text === undefined ? undefined : cellValue(text));

/** A calendar date written as text, or as a moment. */
const dateOf = (values: readonly unknown[]): string | undefined => {
  for (const value of values) {
    const date = typeof value === 'string' ? parseDate(value.trim(), 'ymd') : undefined;
    const found = date ?? momentOf(value)?.slice(0, 10);
    if (found !== undefined) return found;
  }
  return undefined;
};

const textsOf = (purchase: Purchase) => {
  const email = [said(purchase.email), said(purchase.username)].find(isEmail);
  const places = purchase.places.flatMap((place) => said(place)?.replaceAll(/\s+/g, ' ') ?? []);
  return {
    holder: said(purchase.username) ?? email ?? said(purchase.fullName),
    holderEmail: email,
    department: said(purchase.department),
    location: places.length === 0 ? undefined : places.join(', '),
    supplier: said(purchase.supplier),
    orderNumber: said(purchase.orderNumber),
  };
};

const longest = { orderNumber: 100 } as const;

/**
 * The ITAM facts of a device; blank ones are left out. Bare prices are dollars with a decimal point, as in asset books without a
 * currency; what cannot be read is left out with a warning.
 */
export const purchaseFacts = (purchase: Purchase): { facts: ItamFacts; warnings: RecordWarning[] } => {
  const price = said(purchase.price);
  const purchaseCost = price === undefined ? undefined : parseMoney(price, { decimal: '.', currency: 'USD' });
  const purchaseDate = dateOf(purchase.purchaseDates);
  const years = purchase.lifeYears ?? 0;
  const eolDate =
    purchaseDate !== undefined && years > 0 && years <= 50
      ? addMonths(purchaseDate, Math.round(years * 12))
      : undefined;
  const all = {
    ...Object.fromEntries(
      Object.entries(textsOf(purchase)).map(([name, text]) => [
        name,
        text === undefined ? undefined : clip(text, longest[name as keyof typeof longest] ?? 200),
      ]),
    ),
    ...{ purchaseDate, purchaseCost, eolDate, warrantyEnd: dateOf(purchase.warrantyDates) },
  };
  const detail = `The price ${shown(price ?? '')} is no amount with a decimal point; it was left out.`;
  return {
    facts: ItamFacts.parse(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))),
    warnings: price !== undefined && purchaseCost === undefined ? [{ code: 'unreadable-money', detail }] : [],
  };
};
