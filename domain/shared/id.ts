import * as z from 'zod';

const own = '[a-z2-7]{26}';
const child = '[a-z2-7]{12}';

export const AssetId = z
  .string()
  .regex(new RegExp(`^ast_${own}$`))
  .meta({ id: 'AssetId' });
export type AssetId = z.infer<typeof AssetId>;
export const CiId = z
  .string()
  .regex(new RegExp(`^ci_${own}$`))
  .meta({ id: 'CiId' });
export type CiId = z.infer<typeof CiId>;
export const RunId = z
  .string()
  .regex(new RegExp(`^run_${own}$`))
  .meta({ id: 'RunId' });
export type RunId = z.infer<typeof RunId>;

export const MergeId = z
  .string()
  .regex(new RegExp(`^mrg_${own}$`))
  .meta({ id: 'MergeId' });
export type MergeId = z.infer<typeof MergeId>;
export const MergeProposalId = z
  .string()
  .regex(new RegExp(`^mpr_${own}$`))
  .meta({ id: 'MergeProposalId' });
export type MergeProposalId = z.infer<typeof MergeProposalId>;

export const UnknownDeviceId = z
  .string()
  .regex(new RegExp(`^unk_${own}$`))
  .meta({ id: 'UnknownDeviceId' });
export type UnknownDeviceId = z.infer<typeof UnknownDeviceId>;

/** A child id carries its parent's own part, so that the id alone gives the key of the item: `rel_<parent>_<own>`. */
export const RelationshipId = z
  .string()
  .regex(new RegExp(`^rel_${own}_${child}$`))
  .meta({ id: 'RelationshipId' });
export type RelationshipId = z.infer<typeof RelationshipId>;
export const BindingId = z
  .string()
  .regex(new RegExp(`^bnd_${own}_${child}$`))
  .meta({ id: 'BindingId' });
export type BindingId = z.infer<typeof BindingId>;

export const TenantId = z
  .string()
  .regex(/^[a-z0-9-]{3,40}$/)
  .meta({ id: 'TenantId' });
export type TenantId = z.infer<typeof TenantId>;
/** Never `manual`: under that name stands what people set by hand. */
export const SourceName = z
  .string()
  .regex(
    /^(?!manual$)[a-z0-9][a-z0-9._-]{0,62}$/,
    'A source is 1 to 63 of a-z, 0-9, dot, dash and underscore, and never "manual".',
  )
  .meta({ id: 'SourceName' });
export type SourceName = z.infer<typeof SourceName>;

/** Turns text into 32 lower-case base-32 characters, always the same for the same text. Given by the shell: the domain has no crypto. */
export type Digest = (text: string) => string;

type Prefix = 'ast' | 'ci' | 'run' | 'mrg' | 'mpr' | 'bsl' | 'unk';

/** The deterministic id of what `parts` name: equal parts give an equal id, whoever computes it and whenever. */
export const idFrom = (prefix: Prefix, digest: Digest, ...parts: string[]): string =>
  `${prefix}_${digest(JSON.stringify([prefix, ...parts])).slice(0, 26)}`;

/** The deterministic id of a child of `parentId` (a CI): the CI's own part, then 12 characters of digest. */
export const childIdFrom = (
  prefix: 'rel' | 'bnd' | 'drf',
  digest: Digest,
  parentId: string,
  ...parts: string[]
): string => `${prefix}_${ownPart(parentId)}_${digest(JSON.stringify([prefix, parentId, ...parts])).slice(0, 12)}`;

/** The CI that holds a relationship (its `from` end) or a binding, read from the child's id. */
export const parentCiOf = (childId: string): string => `ci_${childId.split('_')[1] ?? ''}`;

const ownPart = (id: string): string => id.slice(id.indexOf('_') + 1);
