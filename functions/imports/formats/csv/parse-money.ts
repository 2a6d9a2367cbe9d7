import type { Money } from '../../../../domain/shared/money.ts';
import { currencyDecimals, currencyOf } from './currencies.ts';

/** The mark before the decimals. */
export type DecimalMark = '.' | ',';

const parts = /^(\(?)([-−]?)\s?([^\d\s.,()'’−-]{0,4})\s?([-−]?)(\d[\d\s.,'’]{0,40}?)\s?([^\d\s.,()'’-]{0,4})(\)?)$/u;

/**
 * Reads an amount such as `$12.58`, `1,234.50`, `1.234,50 €`, `CHF 1'200.00` or `(20.00)` into minor units, by text alone: no float
 * is involved. Symbol or code beside the amount wins over `currency`. Thousands must stand in threes (in twos after the first three, as in
 * India), so that `1.234` under a decimal point is refused rather than read as one or as a thousand.
 * Undefined if it cannot be read, has more decimals than the currency, or exceeds what a number holds exactly.
 */
export const parseMoney = (text: string, style: { decimal: DecimalMark; currency: string }): Money | undefined => {
  const match = parts.exec(text.trim());
  if (!match) return undefined;
  const [, open, minusBefore = '', signBefore = '', minusAfter = '', digits = '', signAfter = '', close] = match;
  if ((open === '') !== (close === '') || (signBefore !== '' && signAfter !== '')) return undefined;
  if ([open, minusBefore, minusAfter].filter((mark) => mark !== '').length > 1) return undefined;
  const sign = signBefore + signAfter;
  const currency = sign === '' ? style.currency : currencyOf(sign, style.currency);
  const minor = currency === undefined ? undefined : minorUnits(digits, style.decimal, currencyDecimals(currency) ?? 2);
  if (currency === undefined || minor === undefined || !Number.isSafeInteger(minor)) return undefined;
  const isNegative = open !== '' || minusBefore !== '' || minusAfter !== '';
  return { minor: isNegative && minor !== 0 ? -minor : minor, currency };
};

const minorUnits = (digits: string, mark: DecimalMark, decimals: number): number | undefined => {
  const [whole = '', fraction = '', ...more] = digits.split(mark);
  if (more.length > 0 || !/^\d*$/.test(fraction) || digits.endsWith(mark)) return undefined;
  const group =
    mark === '.'
      ? /^(?:\d+|\d{1,3}(?:[,\s'’]\d{2,3})*[,\s'’]\d{3})$/
      : /^(?:\d+|\d{1,3}(?:[.\s'’]\d{2,3})*[.\s'’]\d{3})$/;
  if (!group.test(whole)) return undefined;
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const rest = fraction.slice(decimals);
  // Databases write `1299.0000`; three decimals are a thousand written with the other mark as likely as not.
  if (rest !== '' && (fraction.length === 3 || /[^0]/.test(rest))) return undefined;
  return Number(whole.replaceAll(/\D/g, '') + kept);
};
