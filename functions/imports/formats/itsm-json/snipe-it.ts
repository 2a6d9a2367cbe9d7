import { statusOf } from '../csv/status-words.ts';
import { isObject } from '../glpi-json/values.ts';
import { flagAt, numberAt, textAt, valueAt } from '../host-facts/pick.ts';
import type { Thing } from './thing.ts';

type Row = Record<string, unknown>;

/** A field that the site added, by what its name is without blanks and case. */
const customAt = (row: Row, ...wanted: string[]): string[] => {
  const fields = isObject(row.custom_fields) ? Object.entries(row.custom_fields) : [];
  return fields.flatMap(([name, field]) =>
    wanted.includes(name.toLowerCase().replaceAll(/[^a-z\d]/g, '')) ? (textAt(field, 'value') ?? []) : [],
  );
};

const holderOf = (row: Row) => {
  const to = valueAt(row, 'assigned_to');
  const isPlace = textAt(to, 'type') === 'location';
  const full = [textAt(to, 'first_name'), textAt(to, 'last_name')].filter((part) => part !== undefined).join(' ');
  return {
    isOut: isObject(to),
    place: isPlace ? textAt(to, 'name') : undefined,
    holder: isPlace ? undefined : (textAt(to, 'username', 'email', 'name') ?? (full === '' ? undefined : full)),
    holderEmail: isPlace ? undefined : textAt(to, 'email'),
  };
};

/** Assets as Snipe-IT's API lists them. What somebody brought along stays an asset of the book, and says so. */
export const readSnipeIt = (row: Row): Thing | undefined => {
  const id = textAt(row, 'id');
  if (id === undefined || !('asset_tag' in row)) return undefined;
  const { holder, holderEmail, isOut, place } = holderOf(row);
  const label = textAt(row, 'status_label.name') ?? '';
  const meta = textAt(row, 'status_label.status_meta', 'status_label.status_type') ?? '';
  const gone = isObject(row.deleted_at) || typeof row.deleted_at === 'string';
  return {
    key: `snipe-it:${id}`,
    asset: 'hardware',
    name: textAt(row, 'name') ?? textAt(row, 'model.name'),
    assetTag: textAt(row, 'asset_tag'),
    serial: textAt(row, 'serial'),
    imeis: customAt(row, 'imei', 'imei1', 'imei2'),
    macs: customAt(row, 'mac', 'macaddress', 'wifimac', 'ethernetmac').flatMap((text) => text.split(/[\s,;]+/)),
    sections: flagAt(row, 'byod') === true ? { device: { ownership: 'personal' } } : {},
    book: {
      status: gone ? 'retired' : (statusOf(label, isOut) ?? statusOf(meta, isOut)),
      name: textAt(row, 'name'),
      category: textAt(row, 'category.name'),
      manufacturer: textAt(row, 'manufacturer.name'),
      model: textAt(row, 'model.name'),
      modelNumber: textAt(row, 'model_number'),
      holder,
      holderEmail,
      location: place ?? textAt(row, 'location.name', 'rtd_location.name'),
      company: textAt(row, 'company.name'),
      department: textAt(row, 'assigned_to.department.name', 'department.name'),
      supplier: textAt(row, 'supplier.name'),
      orderNumber: textAt(row, 'order_number'),
      notes: textAt(row, 'notes'),
      purchaseDates: [valueAt(row, 'purchase_date.date'), row.purchase_date],
      warrantyDates: [valueAt(row, 'warranty_expires.date'), row.warranty_expires],
      warrantyMonths: numberAt(row, 'warranty_months'),
      eolDates: [valueAt(row, 'asset_eol_date.date'), valueAt(row, 'eol.date'), row.eol],
      prices: [textAt(row, 'purchase_cost')],
    },
  };
};
