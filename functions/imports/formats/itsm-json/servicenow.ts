import { statusOf } from '../csv/status-words.ts';
import { idAt, shownAt, valueAt } from './servicenow-cell.ts';
import { classOfTable } from './servicenow-classes.ts';
import { keyOfRow } from './servicenow-relations.ts';
import type { Book, Thing } from './thing.ts';

type Row = Record<string, unknown>;

/** `install_status` of assets by its code. */
const statuses: Readonly<Record<string, string>> = {
  '1': 'deployed',
  '2': 'ordered',
  '3': 'in-repair',
  '6': 'in-stock',
  '7': 'retired',
  '8': 'lost',
  '9': 'ordered',
};

const assetStatus = (row: Row): string | undefined => {
  const detail = (shownAt(row, 'substatus') ?? '').toLowerCase();
  if (/dispos|sold|donat|vendor credit/.test(detail)) return 'disposed';
  if (/stolen/.test(detail)) return 'stolen';
  const code = valueAt(row, 'install_status', 'state') ?? '';
  return statuses[code] ?? statusOf(shownAt(row, 'install_status', 'state') ?? '', false);
};

const bookOf = (row: Row): Book => ({
  manufacturer: shownAt(row, 'manufacturer', 'model.manufacturer', 'model.manufacturer.name', 'model_id.manufacturer'),
  model: shownAt(row, 'model', 'model_id', 'model.display_name', 'model_number'),
  modelNumber: shownAt(row, 'model_number', 'model.model_number'),
  category: shownAt(row, 'model_category', 'category'),
  holder: shownAt(row, 'assigned_to.user_name', 'assigned_to'),
  holderEmail: shownAt(row, 'assigned_to.email'),
  location: shownAt(row, 'location', 'stockroom'),
  company: shownAt(row, 'company'),
  department: shownAt(row, 'department'),
  costCentre: shownAt(row, 'cost_center'),
  supplier: shownAt(row, 'vendor'),
  orderNumber: shownAt(row, 'po_number', 'purchase_order', 'request_line', 'invoice_number'),
  notes: shownAt(row, 'comments'),
  purchaseDates: [valueAt(row, 'purchase_date'), shownAt(row, 'purchase_date'), valueAt(row, 'order_date')],
  warrantyDates: [valueAt(row, 'warranty_expiration'), shownAt(row, 'warranty_expiration')],
  eolDates: [valueAt(row, 'retirement_date'), valueAt(row, 'end_of_life')],
  prices: [shownAt(row, 'cost'), valueAt(row, 'cost')],
  currency: shownAt(row, 'cost_cc'),
});

const levels: readonly (readonly [RegExp, string])[] = [
  [/^1|most critical|^critical/i, 'critical'],
  [/^2|somewhat critical|^high/i, 'high'],
  [/^3|less critical|^medium|moderate/i, 'medium'],
  [/^4|not critical|^low/i, 'low'],
];

const criticalityOf = (row: Row): string | undefined => {
  const told = shownAt(row, 'busines_criticality', 'business_criticality', 'criticality');
  return told === undefined ? undefined : levels.find(([words]) => words.test(told))?.[1];
};

/** The kind of an asset by its table, as name or label. */
const assetOf = (table: string): NonNullable<Thing['asset']> =>
  /licen[cs]e|software|entitlement/i.test(table) ? 'software' : /consumable/i.test(table) ? 'consumable' : 'hardware';

const readAsset = (row: Row, key: string, table: string): Thing => {
  const asset = assetOf(table);
  const book = bookOf(row);
  return {
    key,
    asset,
    name: shownAt(row, 'ci', 'display_name', 'model'),
    assetTag: shownAt(row, 'asset_tag'),
    serial: asset === 'hardware' ? shownAt(row, 'serial_number') : undefined,
    sections: {},
    book: { ...book, status: assetStatus(row), name: shownAt(row, 'display_name') },
  };
};

const readCi = (row: Row, key: string, table: string): Thing => {
  const ciClass = classOfTable(table) ?? 'device';
  const isVirtual = valueAt(row, 'virtual') === 'true' || valueAt(row, 'virtual') === '1';
  const virtualClass = isVirtual && (ciClass === 'server' || ciClass === 'computer');
  const book = bookOf(row);
  const name = shownAt(row, 'name', 'host_name');
  const fqdn = shownAt(row, 'fqdn');
  return {
    key,
    ciClass: virtualClass ? 'virtual-machine' : ciClass,
    asset: 'hardware',
    name,
    serial: shownAt(row, 'serial_number'),
    assetTag: shownAt(row, 'asset_tag'),
    uuid: shownAt(row, 'bios_uuid', 'uuid'),
    macs: [shownAt(row, 'mac_address')],
    addresses: [shownAt(row, 'ip_address')],
    fqdn,
    hostname: shownAt(row, 'host_name'),
    sections: {
      device: {
        name,
        owner: shownAt(row, 'owned_by', 'managed_by'),
        supportGroup: shownAt(row, 'support_group', 'assignment_group'),
        environment: shownAt(row, 'environment', 'used_for'),
        criticality: criticalityOf(row),
        description: shownAt(row, 'short_description'),
      },
      bios: { manufacturer: book.manufacturer, model: book.model, serial: shownAt(row, 'serial_number') },
      os: { osName: shownAt(row, 'os'), osVersion: shownAt(row, 'os_version') },
      itsm: {
        table: valueAt(row, 'sys_class_name'),
        operationalStatus: shownAt(row, 'operational_status'),
        installStatus: shownAt(row, 'install_status'),
        version: shownAt(row, 'version'),
      },
    },
    book,
    warnings:
      classOfTable(table) === undefined
        ? [
            {
              code: 'unknown-class',
              detail: `The table ${table.slice(0, 100)} is of no known class; the CI was made a device.`,
            },
          ]
        : [],
  };
};

/** Which kind of row of ServiceNow this is: an asset, a CI, a relation between CIs, or none of these. */
export const kindOfRow = (row: Row): 'asset' | 'ci' | 'relation' | undefined => {
  if ('parent' in row && 'child' in row && ('type' in row || 'type.name' in row)) return 'relation';
  const table = valueAt(row, 'sys_class_name') ?? '';
  if (/^alm_|^u_alm/i.test(table)) return 'asset';
  if (/cmdb_ci/i.test(table)) return 'ci';
  if (
    'asset_tag' in row &&
    ('model_category' in row || 'substatus' in row || 'ci' in row) &&
    !('operational_status' in row)
  )
    return 'asset';
  return 'operational_status' in row || ('name' in row && table !== '' && classOfTable(table) !== undefined)
    ? 'ci'
    : undefined;
};

/** A row of an asset or CI table; undefined without its id. Source: ServiceNow, table API and the base tables alm_asset and cmdb_ci. */
export const readServiceNow = (row: Row): Thing | undefined => {
  const id = idAt(row, 'sys_id');
  const kind = kindOfRow(row);
  if (id === undefined || kind === undefined || kind === 'relation') return undefined;
  const table = valueAt(row, 'sys_class_name') ?? '';
  return kind === 'asset' ? readAsset(row, keyOfRow(id), table) : readCi(row, keyOfRow(id), table);
};
