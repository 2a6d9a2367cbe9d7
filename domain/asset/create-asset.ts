import * as z from 'zod';
import { compactIdentifier, type Identifier } from '../identity/identifier.ts';
import { setManually, type Writing } from '../reconcile/manual.ts';
import { idFrom } from '../shared/id.ts';
import { Asset } from './asset.ts';
import { identifiersByHand, keyedFactsOf, readIdentifiers } from './asset-identifiers.ts';
import { AssetFacts } from './asset-view.ts';

/** Statuses that an asset can begin with; all others are reached by transitions. */
const beginnings = z.enum(['requested', 'ordered', 'in-stock', 'deployed']);

/** What a person says of a new asset. */
export const NewAsset = AssetFacts.extend({
  kind: Asset.shape.kind.default('hardware'),
  status: beginnings.default('in-stock'),
  macs: z.array(z.string().min(1).max(64)).max(32).optional(),
}).meta({ id: 'NewAsset' });
export type NewAsset = z.output<typeof NewAsset>;

export type Creation = Writing & { tenant: string; requestKey: string; correlationId: string };

/**
 * A new asset with the identifiers it claims. Its id comes from the request, so that a repeated request makes the same one.
 * Throws `unprocessable` for identifiers that name nothing.
 */
export const createAsset = (input: NewAsset, creation: Creation): { asset: Asset; claims: Identifier[] } => {
  const { kind, status, macs = [], ...facts } = input;
  const given = macs.map((value, index) => [`#/body/macs/${index}`, { type: 'mac' as const, value }]);
  const typed = readIdentifiers({ ...keyedFactsOf(facts), ...Object.fromEntries(given) });
  const facets = setManually({}, facts, creation);
  const identifiers = [...identifiersByHand(facets), ...typed.filter(({ type }) => type === 'mac')];
  const asset: Asset = {
    assetId: idFrom('ast', creation.digest, creation.tenant, creation.requestKey),
    kind,
    status,
    statusSetBy: 'person',
    identifiers: [...new Set(identifiers.map(compactIdentifier))].sort(),
    facets,
    bindings: 0,
    origin: { correlationId: creation.correlationId },
    createdAt: creation.now,
  };
  return { asset, claims: identifiers };
};
