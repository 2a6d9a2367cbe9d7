import * as z from 'zod';
import { UnknownDeviceId } from '../../domain/shared/id.ts';
import { NewDecision } from '../../domain/unknown-device/decide.ts';
import { UnknownDeviceView, UnknownState } from '../../domain/unknown-device/unknown-device.ts';
import { HistoryQuery, historyPageOf } from '../http/history.ts';
import { defineOperation, type Operations } from '../http/operation.ts';
import { pageOf, pageParameters } from '../http/page.ts';

const path = z.strictObject({ unknownId: UnknownDeviceId });

export const unknownDevicesOperations = {
  listUnknownDevices: defineOperation({
    id: 'listUnknownDevices',
    route: 'GET /unknown-devices',
    summary: 'Devices seen on the network that nobody owns, one row each however often they are seen, oldest first',
    permission: 'import:read',
    query: z.strictObject({ ...pageParameters, state: UnknownState.optional() }),
    success: { status: 200, schema: pageOf('UnknownDevicePage', UnknownDeviceView) },
    problems: [],
  }),
  getUnknownDevice: defineOperation({
    id: 'getUnknownDevice',
    route: 'GET /unknown-devices/{unknownId}',
    summary: 'One unknown device: what names it, where and when it was seen, and what was decided',
    permission: 'import:read',
    path,
    success: { status: 200, schema: UnknownDeviceView },
    problems: ['not-found'],
  }),
  decideUnknownDevice: defineOperation({
    id: 'decideUnknownDevice',
    route: 'POST /unknown-devices/{unknownId}/decision',
    summary: 'Approve an unknown device, convert it to an asset bound to its CI, ignore it until a moment, or block it',
    permission: 'unknown:decide',
    path,
    body: NewDecision,
    success: { status: 200, schema: UnknownDeviceView },
    problems: ['not-found', 'conflict', 'duplicate', 'unprocessable'],
  }),
  listUnknownDeviceHistory: defineOperation({
    id: 'listUnknownDeviceHistory',
    route: 'GET /unknown-devices/{unknownId}/history',
    summary:
      'What was told and decided of an unknown device, latest first; mere sightings are no versions of their own',
    permission: 'import:read',
    path,
    query: HistoryQuery,
    success: { status: 200, schema: historyPageOf('UnknownDeviceVersion', UnknownDeviceView) },
    problems: ['not-found'],
  }),
} satisfies Operations;
