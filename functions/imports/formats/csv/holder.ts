import type { TableRow } from './table-row.ts';

/** Who has a thing: user name, else e-mail, else full name. `isCheckedOut` also when it was given to a place only. */
export type Holder = { holder?: string; holderEmail?: string; isCheckedOut: boolean };

/** Reads the holder. A user name or name that is an e-mail address counts as one. */
export const readHolder = (row: TableRow): Holder => {
  const names = [row.read('firstName')?.value, row.read('lastName')?.value].filter((name) => name !== undefined);
  const username = row.read('username')?.value;
  const fullName = row.read('fullName')?.value ?? (names.length > 0 ? names.join(' ') : undefined);
  const holderEmail = [row.read('email')?.value, username, fullName].find(
    (text) => text !== undefined && isEmail(text),
  );
  const holder = username ?? holderEmail ?? fullName;
  return {
    ...(holder === undefined ? {} : { holder }),
    ...(holderEmail === undefined ? {} : { holderEmail }),
    isCheckedOut: holder !== undefined || row.read('checkoutLocation') !== undefined,
  };
};

const isEmail = (text: string): boolean => /^[^\s@<>]+@[^\s@<>]+$/.test(text);
