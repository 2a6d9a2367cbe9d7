import type { EventBus, PublishedEvent } from '../../functions/bus/event-bus.ts';
import type { ChunkMessage } from '../../functions/queue/chunk-queue.ts';
import { relayChanges, type TableChange } from '../../functions/relay/relay.ts';
import { createLog } from '../../functions/shared/log.ts';
import { type MemoryTable, memoryTable } from './memory-table.ts';

/** A table in memory with the log of its changes, as its stream would carry them. */
export const tableWithStream = (): { table: MemoryTable; stream: TableChange[] } => {
  const stream: TableChange[] = [];
  const table = memoryTable((before, after) => void stream.push({ before, after }));
  return { table, stream };
};

/** Runs the relay over changes; gives what it published and asked for. */
export const relayed = async (table: MemoryTable, changes: readonly TableChange[]) => {
  const events: PublishedEvent[] = [];
  const messages: ChunkMessage[] = [];
  const bus: EventBus = { put: async (more) => void events.push(...more) };
  const queue = { send: async (more: readonly ChunkMessage[]) => void messages.push(...more) };
  await relayChanges({ table, bus, queue, log: createLog({}, () => {}) }, changes);
  return { events, messages };
};
