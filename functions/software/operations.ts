import * as z from 'zod';
import { CiId } from '../../domain/shared/id.ts';
import { DetailList } from '../../domain/software/detail-lists.ts';
import { SoftwareProduct } from '../../domain/software/product-view.ts';
import { asOfParameters } from '../http/as-of.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { pageOf, pageParameters } from '../http/page.ts';

const section = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^/\s]+$/, 'A section is one word, as GET /cis/{ciId}/details lists it.');

const DetailListQuery = z.strictObject({ ...pageParameters, ...asOfParameters });
export type DetailListQuery = z.output<typeof DetailListQuery>;

const DetailQuery = z.strictObject({
  ...pageParameters,
  source: z.string().trim().min(1).max(100).optional(),
  ...asOfParameters,
});
export type DetailQuery = z.output<typeof DetailQuery>;

const ProductQuery = z.strictObject({ ...pageParameters, name: z.string().trim().min(1).max(200).optional() });
export type ProductQuery = z.output<typeof ProductQuery>;

/** Entries are as their source wrote them: an object of its own fields, mostly. */
const DetailPage = DetailList.extend({ items: z.array(z.unknown()), nextCursor: z.string().optional() }).meta({
  id: 'DetailPage',
});

export const softwareOperations = {
  listCiDetails: defineOperation({
    id: 'listCiDetails',
    route: 'GET /cis/{ciId}/details',
    summary:
      'The bulky lists of a configuration item (software, interfaces, disks ...): which source said them, when, and how long they are',
    permission: 'ci:read',
    path: z.strictObject({ ciId: CiId }),
    query: DetailListQuery,
    success: { status: 200, schema: pageOf('DetailListPage', DetailList) },
    problems: ['not-found', 'conflict', 'moved'],
  }),
  getCiDetails: defineOperation({
    id: 'getCiDetails',
    route: 'GET /cis/{ciId}/details/{section}',
    summary:
      'The entries of one bulky list, as its source wrote them: of the source that spoke last, or of the one asked for; the next page is of the same list, whatever came in between',
    permission: 'ci:read',
    path: z.strictObject({ ciId: CiId, section }),
    query: DetailQuery,
    success: { status: 200, schema: DetailPage },
    problems: ['not-found', 'conflict', 'moved', 'internal'],
  }),
  listSoftwareProducts: defineOperation({
    id: 'listSoftwareProducts',
    route: 'GET /software-products',
    summary:
      'Software products by name, those that begin with `name` or all: how many live CIs have each, and in which versions; pages can be short',
    permission: 'ci:read',
    query: ProductQuery,
    success: { status: 200, schema: pageOf('SoftwareProductPage', SoftwareProduct) },
    problems: [],
  }),
} satisfies Operations;
