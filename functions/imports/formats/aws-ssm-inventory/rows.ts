import { momentOf } from '../aws/moment.ts';
import type { UploadContext } from '../format.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt } from '../json-records.ts';
import { inventoryType, type Row, textOf } from './contents.ts';
import { mapNode } from './map-node.ts';

/** Real nodes have some thousand rows of a type. */
const mostRows = 50_000;

/** By which columns a type is known when the object key does not tell it; the first that fits. */
const columns: readonly (readonly [string, readonly string[]])[] = [
  ['instanceinformation', ['platformtype', 'agentversion']],
  ['instancedetailedinformation', ['cpumodel']],
  ['windowsupdate', ['hotfixid']],
  ['network', ['macaddress']],
  ['service', ['servicetype']],
  ['windowsrole', ['featuretype']],
  ['application', ['name', 'version']],
];

/** The inventory type and the node that the object key of a resource data sync names. */
const keyedInventory = (objectKey: string): { type: string | undefined; id: string | undefined } => {
  const folder = objectKey
    .split('/')
    .map(inventoryType)
    .find((type) => type !== undefined);
  return { type: folder, id: /\/resourcetype=[^/]+\/(m?i-[\da-z]+)\.json/i.exec(objectKey)?.[1]?.toLowerCase() };
};

const typeOf = (row: Row, keyed: string | undefined): string =>
  keyed ?? columns.find(([, names]) => names.every((name) => name in row))?.[0] ?? 'unknown';

type Group = { id: string; type: string; rows: Row[]; place: Place; observedAt: string | undefined };

/**
 * Collects the rows of a resource data sync: those of one node and type follow each other and make one partial record.
 * `add` gives the record of the node before, when the next one begins.
 */
export const createRowCollector = (context: UploadContext) => {
  const keyed = keyedInventory(context.objectKey);
  let group: Group | undefined;

  const flush = (): Draft[] => {
    if (group === undefined) return [];
    const { id, observedAt, place, rows, type } = group;
    group = undefined;
    if (rows.length > mostRows) return [faultAt(place, `The node ${id} has more than ${mostRows} rows of ${type}.`)];
    const [account, region] = [textOf(rows[0], 'accountid'), textOf(rows[0], 'region')];
    return mapNode({ account, region, id, otherId: keyed.id, observedAt, contents: { [type]: rows } }, context, place);
  };

  const add = (row: Row, place: Place): Draft[] => {
    const id = textOf(row, 'resourceid', 'instanceid') ?? keyed.id;
    if (id === undefined) return [faultAt(place, 'The row names no node: it has no resourceId and no InstanceId.')];
    const type = typeOf(row, keyed.type);
    const drafts = group?.id === id && group.type === type ? [] : flush();
    group ??= { id, type, rows: [], place, observedAt: undefined };
    if (group.rows.length <= mostRows) group.rows.push(row);
    const seen = momentOf(row.capturetime);
    if (seen !== undefined && seen > (group.observedAt ?? '')) group.observedAt = seen;
    return drafts;
  };
  return { add, flush };
};
