import type { Profile } from '../profile.ts';
import { commonColumns } from './columns.ts';

const { category, manufacturer, status, company, department, costCentre, username, firstName, lastName } =
  commonColumns;
const { location, supplier, orderNumber, purchaseDate, purchaseCost, currency, notes } = commonColumns;
const keys = ['productkey', 'licensekey', 'licencekey', 'serialnumber', 'serial'];
const seats = ['seats', 'totalseats', 'total', 'quantity'];
const names = ['itemname', 'licensename', 'licencename', 'license', 'licence', 'name', 'softwarename', 'software'];

/**
 * Snipe-IT licences. Their "serial number" is a licence key, so it is no hardware serial and never an identifier. The expiration date
 * becomes `eolDate`: the day from which the asset may no longer be used. One row is one purchase or, if a key repeats, one checkout of it.
 */
export const snipeItLicences: Profile = {
  name: 'snipe-it-licences',
  kind: 'software',
  detect: [{ all: [names, keys, ['seats', 'totalseats', 'total']], none: ['assettag'] }],
  columns: {
    ...{ category, manufacturer, status, company, department, costCentre, username, firstName, lastName },
    ...{ location, supplier, orderNumber, purchaseDate, purchaseCost, currency, notes },
    licenceKey: keys,
    name: names,
    seats,
    fullName: ['fullname', 'checkedoutto', 'licensedtoname', 'licensedto', 'licencedtoname'],
    email: ['email', 'licensedtoemail', 'licencedtoemail'],
    eol: ['expirationdate', 'expirydate', 'expires', 'expiration', 'terminationdate', 'enddate'],
  },
  nativeKey: [
    { fields: ['licenceKey', 'name', 'orderNumber'], counted: true },
    { fields: ['name', 'orderNumber', 'company'], counted: true },
  ],
  dateOrder: 'mdy',
  decimal: '.',
  currency: 'USD',
};
