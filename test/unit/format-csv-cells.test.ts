import { describe, expect, it } from '@jest/globals';
import { profiles } from '../../functions/imports/formats/csv/choose-profile.ts';
import { csv } from '../../functions/imports/formats/csv/format.ts';
import { headerNames, normaliseHeader } from '../../functions/imports/formats/csv/header.ts';
import { addMonths, parseDate } from '../../functions/imports/formats/csv/parse-date.ts';
import { parseMoney } from '../../functions/imports/formats/csv/parse-money.ts';
import { fitsProfile } from '../../functions/imports/formats/csv/profile.ts';
import { statusOf } from '../../functions/imports/formats/csv/status-words.ts';
import { context } from '../support/csv.ts';

describe('detect', () => {
  it.each([
    ['Serial,Name\n1,2\n', true],
    ['"Asset Tag";"Name"\r\n', true],
    ['\ufeffSerial\tName\n', true],
    ['Asset book of Skyways\n\nSerial|Name\n', true],
    ['{"a":1,"b":2}', false],
    ['[{"a":1},{"b":2}]', false],
    ['<?xml version="1.0"?><a b="1,2"/>', false],
    ['---\na: b, c\n', false],
    ['one column\nonly\n', false],
    ['', false],
  ])('%j: %s', (head, expected) => {
    expect(csv.detect(head, context)).toBe(expected);
  });

  it('believes a named profile, but not against JSON', () => {
    expect(csv.detect('Serial\nKQ77X1\n', { ...context, profile: 'generic' })).toBe(true);
    expect(csv.detect('{}', { ...context, profile: 'generic' })).toBe(false);
  });
});

describe('profiles', () => {
  it.each(profiles)('$name names headers as they are compared, and its key fields have columns', (profile) => {
    const signatures = profile.detect.flatMap(({ all, none = [] }) => [...all.flat(), ...none]);
    const headers = [...Object.values(profile.columns).flat(), ...signatures];
    expect(headers.filter((header) => normaliseHeader(header) !== header)).toEqual([]);
    const keyFields = profile.nativeKey.flatMap(({ fields }) => fields);
    expect(keyFields.filter((field) => profile.columns[field] === undefined)).toEqual([]);
  });

  it.each([
    ['Company,Name,Asset Tag,Category,Model,Purchase Date,Checkout Type,Checked Out To: Username', 'snipe-it-assets'],
    ['Name,Email,Username,Item name,Category,Model name,Manufacturer,Serial number,Asset Tag', 'snipe-it-assets'],
    ['Asset Tag,Name,Model,Category,Purchase Date', 'generic'],
    ['Item name,serial number,Category,seats', 'snipe-it-licences'],
    ['Name,Product Key,Expiration Date,Total,Avail', 'snipe-it-licences'],
    ['Device ID,Device name,Serial number,Manufacturer,Model,IMEI,Wi-Fi MAC,Primary user UPN', 'generic'],
    ['AssetName,AssetTypename,Domain,Username,IPAddress,Mac,Serialnumber,Purchasedate,Warrantydate', 'generic'],
    ['VM,Powerstate,Mac Address', undefined],
    ['First Name,Last Name,Email', undefined],
  ])('%s: %s', (header, name) => {
    expect(profiles.find((profile) => fitsProfile(profile, headerNames(header.split(','))))?.name).toBe(name);
  });
});

describe('cells', () => {
  it.each([
    ['2022-03-18', 'ymd', '2022-03-18'],
    ['2022/3/8 10:00', 'mdy', '2022-03-08'],
    ['2022-03-18T10:00:00Z', 'dmy', '2022-03-18'],
    ['20220318', 'ymd', '2022-03-18'],
    ['1/2/69', 'mdy', '2069-01-02'],
    ['1/2/70', 'dmy', '1970-02-01'],
    ['31.12.2024', 'dmy', '2024-12-31'],
    ['12/31/2024 12:00:00 AM', 'mdy', '2024-12-31'],
    ['18-Mar-22', 'dmy', '2022-03-18'],
    ['March 18, 2022', 'ymd', '2022-03-18'],
    ['29/02/2024', 'dmy', '2024-02-29'],
    ['29/02/2023', 'dmy', undefined],
    ['13/01/2023', 'mdy', undefined],
    ['1/2/2023', 'ymd', undefined],
    ['18-Mar-22', 'ymd', undefined],
    ['1/2.2023', 'dmy', undefined],
    ['44638', 'dmy', undefined],
    ['2022-03-18 or so', 'ymd', undefined],
  ] as const)('date %s in the order %s is %s', (text, order, expected) => {
    expect(parseDate(text, order)).toBe(expected);
  });

  it('counts months over short months', () => {
    expect([addMonths('2023-01-31', 1), addMonths('2023-11-30', 36)]).toEqual(['2023-02-28', '2026-11-30']);
  });

  it.each([
    ['$12.58', '.', 'EUR', 1258, 'USD'],
    ['1,234.50', '.', 'USD', 123450, 'USD'],
    ['2266.13', '.', 'USD', 226613, 'USD'],
    ['1.234,5 €', ',', 'USD', 123450, 'EUR'],
    ["CHF 1'200.00", '.', 'USD', 120000, 'CHF'],
    ['12 500,00 kr', ',', 'SEK', 1250000, 'SEK'],
    ['¥5,000', '.', 'USD', 5000, 'JPY'],
    ['1.250 KWD', '.', 'USD', 1250, 'KWD'],
    ['1299.0000', '.', 'USD', 129900, 'USD'],
    ['(20.00)', '.', 'GBP', -2000, 'GBP'],
    ['$5', '.', 'AUD', 500, 'AUD'],
    ['90071992547409.91', '.', 'USD', 9007199254740991, 'USD'],
  ] as const)('money %s with "%s" and %s', (text, decimal, currency, minor, code) => {
    expect(parseMoney(text, { decimal, currency })).toEqual({ minor, currency: code });
  });

  it.each([
    '1.234',
    '1,23',
    '12.345',
    '1.234,50',
    'free',
    '5 kr',
    '5 QQQ',
    '90071992547409.92',
    '1e5',
    '.',
    '--5',
    '1,2345.00',
  ])('money %s is refused', (text) => {
    expect(parseMoney(text, { decimal: '.', currency: 'USD' })).toBeUndefined();
  });

  it.each([
    ['Ready to Deploy', false, 'in-stock'],
    ['Ready to Deploy', true, 'deployed'],
    ['In Stock', true, 'in-stock'],
    ['Pending', false, 'ordered'],
    ['Archived', false, 'retired'],
    ['Out for Repair', false, 'in-repair'],
    ['Lost/Stolen', false, 'lost'],
    ['Ready to Deploy Deployed', false, 'deployed'],
    ['Loaner pool (deployable)', false, 'in-stock'],
    ['Sideways', false, undefined],
  ] as const)('status %s (checked out: %s) is %s', (text, isCheckedOut, expected) => {
    expect(statusOf(text, isCheckedOut)).toBe(expected);
  });
});
