import type { FacetValue } from '../reconcile/facet.ts';
import { canonical, sameContent } from '../shared/canonical.ts';

/**
 * How two tools write one thing. `id`: names that machines made, without regard to case. `place`: also without blanks (`West Europe`).
 * `part`: the last part of a path counts (`zones/a/machineTypes/e2-small`). `version`: a declared `14` is met by `14.7`. `size`: `8 GiB`, `8192 MB` and,
 * where only one side names a unit, 8. `address`: one of the discovered ones. `text`: as it is written, but for blanks around it.
 */
export type Meaning = 'id' | 'place' | 'part' | 'version' | 'size' | 'address' | 'text';

/** Do the declared and the discovered value say the same? Lists are compared without regard to order. */
export const saysSame = (declared: FacetValue, discovered: FacetValue, meaning: Meaning): boolean => {
  if (sameContent(declared, discovered)) return true;
  if (meaning === 'address') return sameAddress(declared, discovered);
  if (Array.isArray(declared) || Array.isArray(discovered)) {
    return canonical(listOf(declared, meaning)) === canonical(listOf(discovered, meaning));
  }
  if (meaning === 'size') return sameSize(String(declared), String(discovered));
  const [wanted, found] = [plain(declared, meaning), plain(discovered, meaning)];
  return wanted === found || (meaning === 'version' && found.startsWith(`${wanted}.`));
};

const listOf = (value: FacetValue, meaning: Meaning): string[] =>
  [...new Set((Array.isArray(value) ? value : [value]).map((one) => plain(one, meaning)))].sort();

const plain = (value: FacetValue, meaning: Meaning): string => {
  if (typeof value === 'object' && !Array.isArray(value)) return canonical(value);
  const text = String(value).trim();
  if (meaning === 'text') return text;
  if (meaning === 'place') return text.toLowerCase().replaceAll(/\s/g, '');
  return (meaning === 'part' ? (text.split('/').at(-1) ?? text) : text).toLowerCase();
};

const sameAddress = (declared: FacetValue, discovered: FacetValue): boolean => {
  const found = listOf(discovered, 'id');
  return listOf(declared, 'id').every((address) => found.includes(address));
};

const units = { b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 } as const;

const sameSize = (declared: string, discovered: string): boolean => {
  const [a, b] = [sizeOf(declared), sizeOf(discovered)];
  if (a === undefined || b === undefined) return plain(declared, 'id') === plain(discovered, 'id');
  if (a.unit === undefined || b.unit === undefined) return a.amount === b.amount;
  return a.amount * 1024 ** a.unit === b.amount * 1024 ** b.unit;
};

const sizeOf = (written: string): { amount: number; unit: number | undefined } | undefined => {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*([bkmgtp])?i?b?(?:ytes?)?\s*$/i.exec(written) ?? [];
  if (amount === undefined) return undefined;
  const letter = unit?.toLowerCase() as keyof typeof units | undefined;
  return { amount: Number(amount), unit: letter === undefined ? undefined : units[letter] };
};
