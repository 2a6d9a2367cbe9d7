import * as z from 'zod';
import { AssetId, BindingId, CiId } from '../shared/id.ts';
import { Timestamp } from '../shared/time.ts';

/** "Asset realises CI from `validFrom` to `validTo`." At most one is open per asset and per CI; closed ones are kept. */
export const Binding = z.strictObject({
  bindingId: BindingId,
  assetId: AssetId,
  ciId: CiId,
  validFrom: Timestamp,
  validTo: Timestamp.optional(),
});
export type Binding = z.infer<typeof Binding>;
