import type { CiClassName } from '../../../../domain/ci/ci-classes.ts';
import type { AttributeValue } from '../../../../domain/discovery/facts.ts';
import type { RawRelation } from '../../../../domain/discovery/record.ts';

type Text = string | undefined;

/** The asset book half as a tool writes it; of dates and prices the first that can be read counts. */
export type Book = {
  status?: Text;
  name?: Text;
  category?: Text;
  manufacturer?: Text;
  model?: Text;
  modelNumber?: Text;
  holder?: Text;
  holderEmail?: Text;
  location?: Text;
  company?: Text;
  department?: Text;
  costCentre?: Text;
  supplier?: Text;
  orderNumber?: Text;
  notes?: Text;
  purchaseDates?: readonly unknown[];
  warrantyDates?: readonly unknown[];
  warrantyMonths?: number | undefined;
  eolDates?: readonly unknown[];
  prices?: readonly Text[];
  currency?: Text;
};

/**
 * One row of an ITSM or inventory tool.
 *
 * - `key`: the tool's own id of it. `ciClass`: absent for a row of an asset book. `asset`: the kind of asset that the row is.
 * - `found`: the tool found the operational facts itself, so that they are discovery and the rest is its asset book.
 * - `relations`: absent when other rows tell them.
 */
export type Thing = {
  key: string;
  ciClass?: CiClassName | undefined;
  asset?: 'hardware' | 'software' | 'consumable' | undefined;
  isVirtual?: boolean;
  found?: boolean;
  observedAt?: string | undefined;
  name: Text;
  serial?: Text;
  assetTag?: Text;
  uuid?: Text;
  imeis?: readonly Text[];
  macs?: readonly Text[];
  addresses?: readonly Text[];
  fqdn?: Text;
  hostname?: Text;
  sections: Record<string, Record<string, AttributeValue | undefined>>;
  relations?: RawRelation[];
  book?: Book;
  warnings?: { code: string; detail: string }[];
};
