import * as z from 'zod';
import { SwapReversal } from '../../domain/binding/revert-swap.ts';
import { NewSwap } from '../../domain/binding/swap.ts';
import { SwapResult } from '../../domain/binding/swap-effect.ts';
import { Replacement } from '../../domain/relationship/repoint.ts';
import { RelationshipView } from '../../domain/relationship/write-relationship.ts';
import { CiId } from '../../domain/shared/id.ts';
import { defineOperation, type Operations } from '../http/operation.ts';

const path = z.strictObject({ ciId: CiId });
const query = z.strictObject({ preview: z.stringbool().default(false) });

const Replaced = z
  .strictObject({
    ciId: CiId,
    byCiId: CiId,
    moved: z.array(z.strictObject({ closed: RelationshipView, opened: RelationshipView })),
  })
  .meta({ id: 'Replaced' });

export const swapsOperations = {
  swapAsset: defineOperation({
    id: 'swapAsset',
    route: 'POST /cis/{ciId}/swap',
    summary:
      'Swap the asset under a CI in one act: status, custody and bindings; preview=true only tells what would happen',
    permission: 'binding:swap',
    path,
    query,
    body: NewSwap,
    success: { status: 200, schema: SwapResult },
    problems: ['not-found', 'conflict', 'unprocessable', 'illegal-transition'],
  }),
  revertSwap: defineOperation({
    id: 'revertSwap',
    route: 'POST /cis/{ciId}/swap/revert',
    summary: 'Take the last swap back, save what somebody has changed since',
    permission: 'binding:swap',
    path,
    query,
    body: SwapReversal,
    success: { status: 200, schema: SwapResult },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
  replaceCi: defineOperation({
    id: 'replaceCi',
    route: 'POST /cis/{ciId}/replace',
    summary: 'Let another CI carry what this one carries: its open relationships, up to 45, move in one act',
    permission: 'relationship:write',
    path,
    body: Replacement,
    success: { status: 200, schema: Replaced },
    problems: ['not-found', 'conflict', 'unprocessable'],
  }),
} satisfies Operations;
