import { laterOf } from '../../domain/shared/time.ts';
import { decideUnknown } from '../../domain/unknown-device/decide.ts';
import { type UnknownDevice, UnknownDeviceView } from '../../domain/unknown-device/unknown-device.ts';
import { readHistory } from '../http/history.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import type { Stored } from '../store/entity.ts';
import { readList } from '../store/read-list.ts';
import { latestOf } from '../store/unit-of-work.ts';
import { convert } from './convert.ts';
import { unknownEntity, unknownListPartitions } from './entity.ts';
import type { unknownDevicesOperations } from './operations.ts';

export const unknownDevicesHandlers: Handlers<typeof unknownDevicesOperations, RequestScope & ApiContext> = {
  listUnknownDevices: async ({ query: { state, limit, cursor: after } }, { table, principal, cursor }) => {
    const { found, next } = await readList(table, {
      tenant: principal.tenant,
      entity: unknownEntity,
      index: 'list',
      partitions: unknownListPartitions,
      prefix: state === undefined ? undefined : `${state}#`,
      after: after === undefined ? undefined : String(cursor.open(after)),
      limit,
      idOf: (sortKey) => sortKey.slice(sortKey.lastIndexOf('#') + 1),
      keep: ({ value }) => state === undefined || value.state === state,
    });
    const items = found.map(show);
    return next === undefined ? { items } : { items, nextCursor: cursor.seal(next) };
  },
  getUnknownDevice: async ({ path }, { work }) => show(await work.read(unknownEntity, path.unknownId)),
  decideUnknownDevice: async ({ path, body }, scope) => {
    const { work, principal, now } = scope;
    const stored = await work.load(unknownEntity, path.unknownId);
    const at = latestOf(now, stored);
    decideUnknown(stored.value, body, principal.subject, at);
    const made = body.decision === 'convert' ? await convert(scope, stored.value, body) : undefined;
    const decided = decideUnknown(stored.value, body, principal.subject, at, made);
    return show(
      work.replace(unknownEntity, stored, decided, { type: 'UnknownDeviceDecided', reason: body.reason, at }),
    );
  },
  listUnknownDeviceHistory: ({ path, query }, scope) => readHistory(scope, unknownEntity, path.unknownId, query, show),
};

const show = ({ value, version }: Stored<UnknownDevice>): UnknownDeviceView =>
  UnknownDeviceView.strip().parse({ ...value, lastSeenAt: laterOf(value.firstSeenAt, value.lastSeenAt), version });
