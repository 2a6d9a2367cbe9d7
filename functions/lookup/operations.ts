import * as z from 'zod';
import { AssetId, CiId } from '../../domain/shared/id.ts';
import { asOfParameters } from '../http/as-of.ts';
import { defineOperation, type Operations } from '../http/operation.ts';

const value = z.string().min(1).max(300).optional();

/** Exactly one identifier is asked for. */
const LookupQuery = z
  .strictObject({
    serial: value,
    uuid: value,
    mac: value,
    assetTag: value,
    cloudId: value,
    fqdn: value,
    ...asOfParameters,
  })
  .refine(({ asOf: _asOf, ...query }) => Object.values(query).filter((one) => one !== undefined).length === 1, {
    error: 'Send exactly one of serial, uuid, mac, assetTag, cloudId and fqdn.',
  });
export type LookupQuery = z.output<typeof LookupQuery>;

export const lookupOperations = {
  lookUp: defineOperation({
    id: 'lookUp',
    route: 'GET /lookup',
    summary:
      'Which device has this identifier? With asOf: which of its present holders had it then, and what was bound to what',
    permission: 'ci:read',
    query: LookupQuery,
    success: {
      status: 200,
      schema: z
        .strictObject({
          matches: z.array(
            z.strictObject({ ciId: CiId.optional(), assetId: AssetId.optional() }).meta({ id: 'Match' }),
          ),
        })
        .meta({ id: 'Matches' }),
    },
    problems: [],
  }),
} satisfies Operations;
