import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { jsonCalls } from '../../../functions/shared/json-calls.ts';
import type { DocumentCalls } from '../../../functions/store/document-calls.ts';
import { signedDocumentCalls } from '../../../functions/store/document-calls-signed.ts';
import { dynamoTable } from '../../../functions/store/dynamo-table.ts';
import { openDataDirectory } from '../../../infra/local/data-directory.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import { prepareTable } from '../../../infra/local/table.ts';
import { workers } from './import-rig.ts';

process.env.AWS_REGION ??= 'eu-west-1';
process.env.AWS_ACCESS_KEY_ID ??= 'local';
process.env.AWS_SECRET_ACCESS_KEY ??= 'local';

const largestBatch = 25;
type Page = { Items: { pk: { S: string }; sk: { S: string } }[]; LastEvaluatedKey?: unknown };

type Copied = { items: number; seconds: number; cpuMs: number; tableCpuMs: number };

/** Asks how much CPU a process has had that a child of this one runs, in ms. 0 where /proc does not tell. */
const cpuOfChild = async (command: RegExp): Promise<() => number> => {
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const statOf = (text: string) => text.slice(text.lastIndexOf(')') + 2).split(' ');
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const stats = new Map<string, string[]>();
  for (const pid of pids) stats.set(pid, statOf(await read(pid, 'stat')));
  const parentOf = (pid: string) => stats.get(pid)?.[1] ?? '';
  for (const pid of pids) {
    if (parentOf(parentOf(pid)) !== String(process.pid) || !command.test(await read(pid, 'cmdline'))) continue;
    return () => {
      const parts = statOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return (Number(parts[11]) + Number(parts[12])) * 10;
    };
  }
  return () => 0;
};

/** As many requests in flight as the baseline has, however many chunks are at work and whatever each of them asks for at once. */
const atMostAtOnce = (most: number, calls: DocumentCalls): DocumentCalls => {
  const waiting: (() => void)[] = [];
  let free = most;
  const taking = async <T>(act: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
  return {
    get: (input) => taking(() => calls.get(input)),
    batchGet: (input) => taking(() => calls.batchGet(input)),
    query: (input) => taking(() => calls.query(input)),
    transactWrite: (...input) => taking(() => calls.transactWrite(...input)),
    put: (input) => taking(() => calls.put(input)),
    delete: (input) => taking(() => calls.delete(input)),
  };
};

/** A DynamoDB of its own, spoken to by the client that the import uses. */
export const startImportTables = async () => {
  const data = openDataDirectory({ ephemeral: true });
  const dynamo = await startDynamo(data);
  const { endpoint } = dynamo;
  const call = jsonCalls({ service: 'dynamodb', silenceMs: 60_000, target: 'DynamoDB_20120810', origin: endpoint });

  const prepare = (name: string) =>
    prepareTable(dynamo, name, (text) => {
      throw new Error(text);
    });

  const copied = new Set<string>();
  const tableCpuMs = await cpuOfChild(/dynoxide/);

  return {
    open: async (name: string) => {
      await prepare(name);
      return dynamoTable(name, atMostAtOnce(workers, signedDocumentCalls({ endpoint, silenceMs: 60_000 })));
    },
    /** Writes what is new in one table into another one by BatchWriteItem, as fast as that goes; gives how many and in how many seconds. */
    copy: async (from: string, to: string): Promise<Copied> => {
      if (copied.size === 0) await prepare(to);
      const all: unknown[] = [];
      let after: unknown;
      do {
        const input = { TableName: from, ...(after === undefined ? {} : { ExclusiveStartKey: after }) };
        const page = (await call('Scan', input)) as Page;
        for (const item of page.Items) {
          const key = `${item.pk.S}\n${item.sk.S}`;
          if (!copied.has(key)) all.push(item);
          copied.add(key);
        }
        after = page.LastEvaluatedKey;
      } while (after !== undefined);
      let next = 0;
      const one = async () => {
        while (next < all.length) {
          const some = all.slice(next, next + largestBatch);
          next += largestBatch;
          const RequestItems = { [to]: some.map((Item) => ({ PutRequest: { Item } })) };
          await call('BatchWriteItem', { RequestItems, ReturnConsumedCapacity: 'TOTAL' });
        }
      };
      const [cpu, tableCpu, start] = [process.cpuUsage(), tableCpuMs(), performance.now()];
      await Promise.all(Array.from({ length: workers }, one));
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      return { items: all.length, seconds, cpuMs: (user + system) / 1000, tableCpuMs: tableCpuMs() - tableCpu };
    },
    tableCpuMs,
    stop: async () => {
      await dynamo.stop();
      data.remove();
    },
  };
};
