import * as z from 'zod';
import { AssetId, BindingId, CiId } from '../domain/shared/id.ts';
import { defineEvent } from './event.ts';

const subject = z.strictObject({ assetId: AssetId, status: z.string() });
const binding = z.strictObject({ bindingId: BindingId, assetId: AssetId, ciId: CiId });

export const assetCreated = defineEvent('AssetCreated', subject);
export const assetUpdated = defineEvent('AssetUpdated', subject);
export const assetStatusChanged = defineEvent('AssetStatusChanged', subject.extend({ previousStatus: z.string() }));
export const assetBound = defineEvent('AssetBound', binding);
export const assetUnbound = defineEvent('AssetUnbound', binding);
