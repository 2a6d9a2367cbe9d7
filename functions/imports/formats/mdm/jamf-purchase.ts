import { numberAt, textAt, valueAt } from '../host-facts/pick.ts';
import type { Purchase } from './device.ts';

/** Location and purchasing of Jamf, whichever API wrote them. Ids of departments and buildings name nothing outside of it. */
export const jamfPurchase = (row: Record<string, unknown>): Purchase => {
  const text = (...names: string[]): string | undefined =>
    textAt(row, ...names.flatMap((name) => [`location.${name}`, `userAndLocation.${name}`, `purchasing.${name}`]));
  return {
    username: text('username') ?? textAt(row, 'username'),
    email: text('email_address', 'emailAddress', 'email'),
    fullName: text('realname', 'real_name', 'realName'),
    department: text('department') ?? textAt(row, 'department'),
    places: [text('building') ?? textAt(row, 'building'), text('room')],
    supplier: text('vendor'),
    orderNumber: text('po_number', 'poNumber'),
    price: text('purchase_price', 'purchasePrice'),
    purchaseDates: ['po_date', 'poDate', 'po_date_utc', 'po_date_epoch'].map((name) =>
      valueAt(row, `purchasing.${name}`),
    ),
    warrantyDates: [
      ...['warranty_expires', 'warrantyDate', 'warrantyExpiresDate', 'warranty_expires_utc', 'warranty_expires_epoch'],
    ].map((name) => valueAt(row, `purchasing.${name}`)),
    lifeYears: numberAt(row, 'purchasing.life_expectancy', 'purchasing.lifeExpectancy'),
  };
};
