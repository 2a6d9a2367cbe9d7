import { aggregateTrigger } from '../../functions/aggregate/contracts.ts';
import { aggregateChanges } from '../../functions/aggregate/handler.ts';
import type { ShardChange } from '../../functions/aggregate/shard-change.ts';
import { keepAdjacency } from '../../functions/relay/adjacency.ts';
import { shardOf } from '../../functions/store/shard.ts';
import type { Item, Table } from '../../functions/store/table.ts';
import { passesFilter } from '../../infra/local/event-filter.ts';
import { Crash, faults } from './import-faults.ts';
import { memoryObjects } from './memory-objects.ts';
import { memoryTable } from './memory-table.ts';

type Shard = { id: string; parent?: Shard; records: ShardChange[]; done: number };

/** How a batch is met: how many records, whether its worker dies at a write, whether it comes again though it was done, or twice at once. */
export type Delivery = {
  size: number;
  crash?: { step: number; when: 'before' | 'after' };
  again?: boolean;
  twice?: boolean;
};

const logged: unknown[] = [];
export const quiet = { error: (...line: unknown[]) => void logged.push(line) };

/**
 * A table in memory with a stream of several shards, as DynamoDB has it: the records of one item stay in order, in one shard or in its child when
 * it is divided, which is not read before its parent is at its end. Sequence numbers grow in length too.
 */
export const healthStream = (clock: () => string = () => '2026-06-01T12:00:00.000Z') => {
  const objects = memoryObjects();
  let sequence = 90;
  let opened = 0;
  const open = (parent?: Shard): Shard => {
    opened += 1;
    return { id: `shardId-${opened}`, records: [], done: 0, ...(parent === undefined ? {} : { parent }) };
  };
  const current: Shard[] = [open(), open(), open()];
  const shards = [...current];
  const unplaced: { before: Item | undefined; after: Item }[] = [];
  const table = memoryTable((before, after) => {
    const item = after ?? before;
    if (item === undefined) return;
    sequence += 7;
    const change = { sequence: String(sequence), at: clock(), before, after };
    if (after?.e === 'relationship') unplaced.push({ before, after });
    if (isWanted(after)) current[shardOf(item.pk, current.length)]?.records.push(change);
  });

  const isOpen = ({ parent }: Shard): boolean => parent === undefined || parent.done === parent.records.length;
  const waiting = () => shards.filter((shard) => shard.done < shard.records.length && isOpen(shard));

  /** One batch of one shard. `n` chooses among those that have something to give. */
  const deliver = async (n: number, { size, crash, again = false, twice = false }: Delivery): Promise<void> => {
    const ready = waiting();
    const shard = ready[n % Math.max(1, ready.length)];
    if (shard === undefined) return;
    const batch = shard.records.slice(shard.done, shard.done + size);
    const dying = faults();
    if (crash !== undefined) dying.crashAt(crash.step, crash.when);
    const run = (on: Table) =>
      aggregateChanges({ table: on, data: objects.store, log: quiet }, shard.id, structuredClone(batch));
    try {
      await Promise.all([run(dying.wrap.table?.(table) ?? table), ...(twice ? [run(table)] : [])]);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      return;
    }
    if (!again) shard.done += batch.length;
  };

  return {
    table,
    objects,
    deliver,
    /** A shard that is divided takes no more records; its child takes them. */
    divide: (n: number) => {
      const at = n % current.length;
      const child = open(current[at]);
      current[at] = child;
      shards.push(child);
    },
    /** What the relay does beside: the pages of edges. */
    placeEdges: () => keepAdjacency(table, unplaced.splice(0)),
    drain: async () => {
      do {
        await keepAdjacency(table, unplaced.splice(0));
        for (let n = 0; waiting().length > 0; n += 1) await deliver(n, { size: 50 });
      } while (unplaced.length > 0);
    },
    handled: () => shards.reduce((sum, { done }) => sum + done, 0),
  };
};

/** As the event source mapping filters: by the entity of the new image. */
const isWanted = (after: Item | undefined): boolean =>
  after !== undefined &&
  passesFilter(aggregateTrigger.kind === 'stream' ? (aggregateTrigger.filter ?? {}) : {}, {
    dynamodb: { NewImage: { e: { S: after.e } } },
  });
