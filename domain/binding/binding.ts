import * as z from 'zod';
import { AssetStatus } from '../asset/lifecycle.ts';
import { AssetId, BindingId, CiId } from '../shared/id.ts';
import { whole } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';

/**
 * What the swap that opened a binding did: which binding it replaced, which status each asset got, and the versions of CI and assets
 * before it. It is what the swap is reverted from.
 */
const SwapRecord = z.strictObject({
  replaces: BindingId,
  outgoingTo: AssetStatus,
  incomingTo: AssetStatus,
  before: z.strictObject({ ci: whole, outgoing: whole, incoming: whole }),
});
export type SwapRecord = z.infer<typeof SwapRecord>;

/** "Asset realises CI from `validFrom` to `validTo`." At most one is open per asset and per CI; closed ones are kept. */
export const Binding = z.strictObject({
  bindingId: BindingId,
  assetId: AssetId,
  ciId: CiId,
  validFrom: Timestamp,
  validTo: Timestamp.optional(),
  swap: SwapRecord.optional(),
});
export type Binding = z.infer<typeof Binding>;
