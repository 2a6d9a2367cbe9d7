import { momentOf } from '../aws/moment.ts';
import type { Format, UploadContext } from '../format.ts';
import { isObject, objectsOf } from '../glpi-json/values.ts';
import { inAnswers } from '../json-answers.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt, type JsonMapper, readJsonRecords } from '../json-records.ts';
import { inventoryType, readContents, readRow, textOf } from './contents.ts';
import { detectAwsSsmInventory } from './detect.ts';
import { mapNode } from './map-node.ts';
import { createRowCollector } from './rows.ts';

const split = ['InstanceInformationList', 'Entities'];

/**
 * AWS Systems Manager: objects of a resource data sync (one JSON row per line, all values text, one inventory type of one node), and the
 * answers of DescribeInstanceInformation, ListInventoryEntries and GetInventory. Every object is a partial record of its node.
 * Throws `UnreadableFile` with `json-syntax` or `no-usable-record`.
 */
export const awsSsmInventory: Format = {
  name: 'aws-ssm-inventory',
  detect: detectAwsSsmInventory,
  parse: (body, context) => readJsonRecords(body, { split }, inAnswers(split, createMapper(context))),
};

const createMapper = (context: UploadContext): JsonMapper => {
  const { add, flush } = createRowCollector(context);
  const map: JsonMapper['map'] = (value, key, place) => {
    if (!isObject(value)) return [faultAt(place, 'An object was expected here.')];
    if (key === undefined && split.some((name) => name in (isObject(value.data) ? value.data : value))) return [];
    if (key === 'Entities') return [...flush(), ...mapEntity(value, context, place)];
    if (Array.isArray(value.Entries)) return [...flush(), ...mapEntries(value, context, place)];
    if (isObject(value.data)) return map(value.data, key, place);
    const row = readRow(value);
    return key === 'InstanceInformationList' || 'pingstatus' in row
      ? [...flush(), ...mapListed(row, context, place)]
      : add(row, place);
  };
  return { map, finish: flush };
};

/** One of `InstanceInformationList`: what the agent said when it last called. */
const mapListed = (row: ReturnType<typeof readRow>, context: UploadContext, place: Place): Draft[] =>
  mapNode(
    {
      account: undefined,
      region: undefined,
      id: textOf(row, 'instanceid') ?? '',
      observedAt: momentOf(row.lastpingdatetime),
      contents: { instanceinformation: [row] },
    },
    context,
    place,
  );

/** One of `Entities` of GetInventory: all types of one node. */
const mapEntity = ({ Data, Id }: Record<string, unknown>, context: UploadContext, place: Place): Draft[] => {
  const moments = isObject(Data)
    ? objectsOf(Object.values(Data)).flatMap((one) => momentOf(one.CaptureTime) ?? [])
    : [];
  const node = { account: undefined, region: undefined, id: String(Id ?? ''), observedAt: moments.sort().at(-1) };
  return mapNode({ ...node, contents: readContents(Data) }, context, place);
};

/** An answer of ListInventoryEntries: the rows of one type of one node. */
const mapEntries = (answer: Record<string, unknown>, context: UploadContext, place: Place): Draft[] => {
  const rows = objectsOf(answer.Entries).map(readRow);
  const contents = { [inventoryType(String(answer.TypeName ?? '')) ?? 'unknown']: rows };
  const id = String(answer.InstanceId ?? '');
  return mapNode(
    { account: undefined, region: undefined, id, observedAt: momentOf(answer.CaptureTime), contents },
    context,
    place,
  );
};
