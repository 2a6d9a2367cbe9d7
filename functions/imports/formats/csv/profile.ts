import type { Delimiter } from './dialect.ts';
import type { DateOrder } from './parse-date.ts';
import type { DecimalMark } from './parse-money.ts';

/** What a column can hold. Several columns may feed one field: the first that is not blank is taken (all of them for `mac`). */
export type Field =
  | ('assetTag' | 'serial' | 'uuid' | 'imei' | 'mac' | 'hostname' | 'fqdn' | 'licenceKey')
  | (
      | 'name'
      | 'category'
      | 'manufacturer'
      | 'model'
      | 'modelNumber'
      | 'status'
      | 'company'
      | 'department'
      | 'costCentre'
    )
  | ('username' | 'email' | 'fullName' | 'firstName' | 'lastName' | 'checkoutLocation' | 'location')
  | ('supplier' | 'orderNumber' | 'purchaseDate' | 'purchaseCost' | 'currency' | 'warranty' | 'eol' | 'seats' | 'notes')
  | (
      | 'service'
      | 'ciClass'
      | 'owner'
      | 'supportGroup'
      | 'criticality'
      | 'environment'
      | 'description'
      | 'runsOn'
      | 'dependsOn'
    );

/** Headers that give a profile away: one of each group in `all` is there, and none of `none`. Headers are normalised. */
type Signature = { all: readonly (readonly string[])[]; none?: readonly string[] };

/**
 * How to name a row. The first field must be there, the others make it unique. `counted`: the values need not be unique in a file,
 * so the second row with the same ones is named `...|2`, and so on.
 */
export type KeyRule = { fields: readonly [Field, ...Field[]]; counted?: true };

/**
 * A mapping profile is data. `columns` lists for each field the headers that feed it, best first, normalised (`header.ts`).
 * Dates, decimals and the currency of bare amounts are the profile's word: no cell is guessed.
 */
export type Profile = {
  name: string;
  /** What a row is: an asset of that kind, or a service, which is a CI and no asset. */
  kind: 'hardware' | 'software' | 'service';
  detect: readonly Signature[];
  columns: Partial<Record<Field, readonly string[]>>;
  nativeKey: readonly KeyRule[];
  dateOrder: DateOrder;
  decimal: DecimalMark;
  currency: string;
  delimiter?: Delimiter;
};

/** Whether the headers of a file fit a profile. */
export const fitsProfile = ({ detect }: Profile, headers: ReadonlySet<string>): boolean =>
  detect.some((signature) => hasAll(signature, headers) && unwanted(signature, headers).length === 0);

/** The columns for which alone a profile does not fit. */
export const columnsAgainst = ({ detect }: Profile, headers: ReadonlySet<string>): string[] =>
  detect.flatMap((signature) => (hasAll(signature, headers) ? unwanted(signature, headers) : []));

const hasAll = ({ all }: Signature, headers: ReadonlySet<string>): boolean =>
  all.every((group) => group.some((header) => headers.has(header)));

const unwanted = ({ none = [] }: Signature, headers: ReadonlySet<string>): string[] =>
  none.filter((header) => headers.has(header));
