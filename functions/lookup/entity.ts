import * as z from 'zod';
import { AssetId, CiId } from '../../domain/shared/id.ts';
import { optionalText, text } from '../../domain/shared/scalars.ts';
import { defineEntity } from '../store/entity.ts';

/**
 * Who holds one identifier value: the asset of a hardware identifier when there is one, otherwise the CI.
 * Several only when their known qualifiers (vendor, company) differ, or a veto proved that they are different devices.
 */
export const ClaimHolder = z.strictObject({
  assetId: AssetId.optional(),
  ciId: CiId.optional(),
  qualifier: optionalText,
});
export type ClaimHolder = z.infer<typeof ClaimHolder>;

export const Claim = z.strictObject({ claimKey: text, holders: z.array(ClaimHolder) });
export type Claim = z.infer<typeof Claim>;

export const claimEntity = defineEntity<Claim, string>({
  name: 'claim',
  schema: Claim,
  tracked: false,
  id: ({ claimKey }) => claimKey,
  key: (claimKey) => ({ pk: `I#${claimKey}`, sk: '#' }),
  chart: 'one value of one identifier and who holds it: what keeps identities unique',
});
