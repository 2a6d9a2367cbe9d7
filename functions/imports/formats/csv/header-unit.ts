import { currencyDecimals } from './currencies.ts';

const inBrackets = /[([]([^()[\]]{1,40})[)\]]/;
const codeBehind = /[\s_-](?:in[\s_-])?([A-Z]{3})$/;

/** The unit that a header names: `Cost (EUR)`, `Cost [€]`, `Price in USD`. Three letters without brackets count only if a currency. */
export const unitOf = (title: string): string | undefined => {
  const text = title.trim();
  const code = codeBehind.exec(text)?.[1];
  return (
    inBrackets.exec(text)?.[1]?.trim() ??
    (code !== undefined && currencyDecimals(code) !== undefined ? code : undefined)
  );
};

/** The header without its unit. */
export const withoutUnit = (title: string): string =>
  unitOf(title) === undefined ? title : title.trim().replace(inBrackets, '').replace(codeBehind, '');
