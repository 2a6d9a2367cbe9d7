import type { Profile } from '../profile.ts';
import { commonColumns } from './columns.ts';

const names = ['itemname', 'assetname', 'name'];
const models = ['model', 'modelname', 'assetmodel', 'category'];
/** What only Snipe-IT calls so: a plain sheet with tag, name and model must not have its dates read the American way unasked. */
const marks = [
  ...[
    'itemname',
    'checkouttype',
    'checkedoutto',
    'checkedouttousername',
    'checkedouttoemail',
    'checkedouttolocation',
    'checkedout',
  ],
  ...[
    'modelname',
    'modelno',
    'modelnotes',
    'assetnotes',
    'defaultlocation',
    'asseteoldate',
    'eolrate',
    'byod',
    'requestable',
  ],
  ...['assetmodel', 'fullname', 'username', 'warrantyexpires', 'warrantymonths', 'statuslabel'],
];

/** Snipe-IT assets: the import samples, the asset list's export and the custom asset report. Dates are month first (or ISO). */
export const snipeItAssets: Profile = {
  name: 'snipe-it-assets',
  kind: 'hardware',
  detect: [{ all: [['assettag'], [...names, ...models], models, marks] }],
  columns: { ...commonColumns, notes: ['notes', 'assetnotes', 'itemnotes', 'modelnotes'] },
  nativeKey: [
    { fields: ['assetTag', 'company'] },
    { fields: ['serial', 'manufacturer'] },
    { fields: ['imei'] },
    { fields: ['mac'] },
    { fields: ['name', 'model', 'orderNumber', 'company'], counted: true },
  ],
  dateOrder: 'mdy',
  decimal: '.',
  currency: 'USD',
};
