import type { Profile } from '../profile.ts';
import { commonColumns } from './columns.ts';

const { assetTag, serial, uuid, imei, mac, hostname, fqdn, name } = commonColumns;
const { category, manufacturer, model, purchaseDate, purchaseCost } = commonColumns;
/** Lists of virtual machines: no asset may come of them. */
const virtual = ['vm', 'powerstate', 'vmname', 'guestos'];
/** One row stands for many pieces. */
const quantities = ['quantity', 'qty', 'seats', 'minqty'];

/**
 * Any asset book or purchase sheet: columns in any order, known by their synonyms. Dates are ISO only and bare amounts are dollars
 * with a decimal point; `generic:dmy:EUR:comma` says otherwise.
 */
export const generic: Profile = {
  name: 'generic',
  kind: 'hardware',
  detect: [
    { all: [[...assetTag, ...serial, ...uuid, ...imei, ...mac, ...hostname, ...fqdn]], none: virtual },
    {
      all: [name, [...category, ...manufacturer, ...model, ...purchaseDate, ...purchaseCost]],
      none: [...virtual, ...quantities],
    },
  ],
  columns: commonColumns,
  nativeKey: [
    { fields: ['assetTag', 'company'] },
    { fields: ['serial', 'manufacturer'] },
    { fields: ['uuid'] },
    { fields: ['imei'] },
    { fields: ['mac'] },
    { fields: ['fqdn'] },
    { fields: ['hostname'] },
    { fields: ['name', 'model', 'orderNumber', 'company'], counted: true },
  ],
  dateOrder: 'ymd',
  decimal: '.',
  currency: 'USD',
};
