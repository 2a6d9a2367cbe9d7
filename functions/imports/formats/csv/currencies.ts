const noDecimals = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const twoDecimals =
  'AED ALL AMD ARS AUD AZN BAM BDT BGN BMD BOB BRL BWP CAD CHF CNY COP CRC CZK DKK DOP DZD EGP ETB EUR GBP GEL GHS GTQ HKD ' +
  'HNL HUF IDR ILS INR JMD KES KZT LKR MAD MDL MKD MUR MXN MYR MZN NAD NGN NOK NPR NZD PAB PEN PHP PKR PLN QAR RON RSD RUB SAR ' +
  'SEK SGD THB TRY TTD TWD TZS UAH USD UYU UZS ZAR ZMW';
const threeDecimals = 'BHD IQD JOD KWD LYD OMR TND';

const decimalsByCode: ReadonlyMap<string, number> = new Map([
  ...noDecimals.split(' ').map((code) => [code, 0] as const),
  ...twoDecimals.split(' ').map((code) => [code, 2] as const),
  ...threeDecimals.split(' ').map((code) => [code, 3] as const),
]);

/** Decimals of a currency's minor unit (ISO 4217), undefined for a code that is not in the table. */
export const currencyDecimals = (code: string): number | undefined => decimalsByCode.get(code);

const codeBySymbol: ReadonlyMap<string, string> = new Map(
  (
    '$ USD|US$ USD|C$ CAD|CA$ CAD|A$ AUD|AU$ AUD|NZ$ NZD|S$ SGD|HK$ HKD|R$ BRL|R ZAR|€ EUR|£ GBP|¥ JPY|₹ INR|₩ KRW|₪ ILS|₺ TRY|₽ RUB|' +
    'zł PLN|Kč CZK|Ft HUF'
  )
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
);
const dollars = [
  'USD',
  'AUD',
  'CAD',
  'NZD',
  'SGD',
  'HKD',
  'TWD',
  'BMD',
  'JMD',
  'TTD',
  'NAD',
  'MXN',
  'ARS',
  'CLP',
  'COP',
];
const crowns = ['SEK', 'NOK', 'DKK', 'ISK', 'CZK'];

/**
 * The ISO 4217 code for a symbol or code beside an amount; undefined when it says nothing that is known. A sign that several
 * currencies share ($, kr, ¥) means the `home` currency where that is one of them; `kr` means nothing without one.
 */
export const currencyOf = (sign: string, home: string): string | undefined => {
  if (sign === '$' && dollars.includes(home)) return home;
  if (sign === '¥' && home === 'CNY') return home;
  if (/^kr\.?$/i.test(sign)) return crowns.includes(home) ? home : undefined;
  return (
    codeBySymbol.get(sign) ?? (currencyDecimals(sign.toUpperCase()) === undefined ? undefined : sign.toUpperCase())
  );
};
