import * as z from 'zod';
import { AssetId, CiId } from '../shared/id.ts';
import { optionalText, text } from '../shared/scalars.ts';
import { Timestamp } from '../shared/time.ts';
import type { StoredReview } from './stored-review.ts';

/** A decision that is kept: what later records of a source under one name are, before identity is asked. */
export const ResolutionRule = z
  .strictObject({
    ruleId: text,
    source: text,
    nativeKey: text,
    name: optionalText,
    decision: z.enum(['link', 'ignore']),
    ciId: CiId.optional(),
    assetId: AssetId.optional(),
    decidedBy: optionalText,
    decidedAt: Timestamp.optional(),
    version: z.int().positive(),
  })
  .meta({ id: 'ResolutionRule' });
export type ResolutionRule = z.infer<typeof ResolutionRule>;

/** The rule of a review as the API shows it; undefined when none is kept. */
export const showRule = (
  { rule, source, nativeKey, name, decidedBy, decidedAt }: StoredReview,
  ruleId: string,
  version: number,
): ResolutionRule | undefined =>
  rule && {
    ruleId,
    source,
    nativeKey,
    ...(name === undefined ? {} : { name }),
    ...rule,
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(decidedAt === undefined ? {} : { decidedAt }),
    version,
  };

/** The review without its rule: the next record of the name is asked about again. What the rule did stays. */
export const dropRule = ({ rule: _rule, ...review }: StoredReview): StoredReview => review;
