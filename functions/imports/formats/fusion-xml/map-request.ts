import type { ParsedRecord } from '../../../../domain/discovery/record.ts';
import { UnreadableFile } from '../format.ts';
import { mapGlpi } from '../glpi-json/map.ts';
import { contentOf, convertComputer, isInventory } from './convert-computer.ts';
import { convertDevice, failureOf } from './convert-device.ts';
import { type Row, textOf } from './rows.ts';
import type { RequestPart, XmlNode } from './xml-tree.ts';

/** A device that only a name or address tells apart is named together with the prober's id, which comes at the end of the file. */
type Waiting = { document: Row; line: number; index: number };
const mostWaiting = 5000;

const fault = (recordIndex: number, line: number | undefined, reason: string, column?: number): ParsedRecord => {
  const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  return { fault: { recordIndex, ...(line === undefined ? {} : { line }), errors: [{ ...place, reason }] } };
};

const withLine = (parsed: ParsedRecord, line: number): ParsedRecord =>
  'fault' in parsed ? { fault: { ...parsed.fault, line } } : parsed;

const isWeaklyNamed = ([first]: readonly ParsedRecord[]): boolean =>
  first !== undefined && 'record' in first && first.record.nativeKey.startsWith('name:');

const noInventory = (request: XmlNode): UnreadableFile => {
  const query = textOf(request.query)?.slice(0, 40) ?? 'unnamed';
  const detail = `This request (QUERY ${query}) holds neither an inventory nor a device. Upload what the agent writes with --local=<folder>.`;
  return new UnreadableFile({ code: 'no-inventory', detail });
};

/**
 * The records of a request: of every device as it ends, then of the machine itself. What breaks the file behind a device that was read
 * becomes one fault for the rest; what breaks it before that is thrown as `UnreadableFile`.
 */
export async function* mapRequest(parts: AsyncIterable<RequestPart>): AsyncGenerator<ParsedRecord, undefined> {
  const waiting: Waiting[] = [];
  let index = 0;
  try {
    for await (const part of parts) {
      if ('request' in part) {
        const sender = textOf(part.request.deviceid);
        const named = sender === undefined ? {} : { deviceid: sender };
        for (const { document, index: at } of waiting.splice(0)) yield* mapGlpi({ ...document, ...named }, at);
        if (isInventory(contentOf(part.request))) {
          const mapped = mapGlpi(convertComputer(part.request), index);
          index += mapped.length;
          yield* mapped;
        } else if (index === 0) throw noInventory(part.request);
        continue;
      }
      const { device, line } = part;
      const failure = failureOf(device);
      const document = convertDevice(device);
      const mapped = mapGlpi(document, index).map((parsed) => withLine(parsed, line));
      if (failure !== undefined) {
        yield fault(index, line, `The prober could not read this device: ${failure.slice(0, 200)}`);
        index += 1;
        continue;
      }
      if (!isWeaklyNamed(mapped)) yield* mapped;
      else if (waiting.length < mostWaiting) waiting.push({ document, line, index });
      else yield fault(index, line, tooManyWaiting);
      index += mapped.length;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile) || index === 0) throw error;
    for (const { index: at, line } of waiting) yield fault(at, line, brokenOff);
    const { detail, line, column } = error.problem;
    yield fault(index, line, detail, column);
  }
}

const tooManyWaiting = `More than ${mostWaiting} devices of this file have neither serial, UUID nor MAC. Send fewer devices per file.`;
const brokenOff =
  'This device is known by its name only, and the file breaks off before the DEVICEID of the prober, which the name needs.';
