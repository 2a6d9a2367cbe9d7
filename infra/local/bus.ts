import { randomUUID } from 'node:crypto';
import type { Journal } from './journal.ts';

/** An event as it went over the bus. */
export type ArchivedEvent = {
  id: string;
  time: string;
  source: string;
  'detail-type': string;
  resources: string[];
  detail: unknown;
};

type Entry = {
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  Detail?: string;
  Time?: number;
  Resources?: string[];
};
type EntryResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };
export type PutEventsAnswer = { status: number; body: Record<string, unknown> };

const refuse = (__type: string, message: string): PutEventsAnswer => ({ status: 400, body: { __type, message } });

/**
 * EventBridge's PutEvents: checks what AWS checks, entry by entry, and archives. No rule listens to the bus yet; one that did would
 * be delivered through a durable queue, like the uploads.
 */
export const openBus =
  (busName: string, archive: Journal<ArchivedEvent>) =>
  (target: string | undefined, body: string): PutEventsAnswer => {
    if (target !== 'AWSEvents.PutEvents')
      return refuse('UnknownOperationException', `${target} is not supported here.`);
    const { Entries: entries } = JSON.parse(body) as { Entries?: Entry[] };
    if (!Array.isArray(entries) || entries.length < 1 || entries.length > 10 || Buffer.byteLength(body) > 1_000_000) {
      return refuse('ValidationException', 'Between 1 and 10 entries, together at most 1 MB.');
    }
    const results = entries.map((entry): EntryResult => {
      const { Source, DetailType, Detail, EventBusName, Time, Resources } = entry;
      if (EventBusName !== busName) return fault('ResourceNotFoundException', `There is no bus ${EventBusName}.`);
      if (!Source || !DetailType || !Detail)
        return fault('InvalidArgument', 'Source, DetailType and Detail are needed.');
      const detail = parseObject(Detail);
      if (detail === undefined) return fault('MalformedDetail', 'Detail is malformed.');
      const id = randomUUID();
      const time = new Date(Time === undefined ? Date.now() : Time * 1000).toISOString();
      archive.append({ id, time, source: Source, 'detail-type': DetailType, resources: Resources ?? [], detail });
      return { EventId: id };
    });
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    return { status: 200, body: { FailedEntryCount, Entries: results } };
  };

const fault = (ErrorCode: string, ErrorMessage: string): EntryResult => ({ ErrorCode, ErrorMessage });

const parseObject = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
