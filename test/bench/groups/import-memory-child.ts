import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ObjectStore } from '../../../functions/objects/object-store.ts';
import { sourcePartitions } from '../../../functions/plan-import/source-entry.ts';
import { ofTenant } from '../../../functions/store/entity.ts';
import type { Item, Page, Query, Table } from '../../../functions/store/table.ts';
import { benchRig, benchSource, benchTenant } from './import-rig.ts';

/*
 * One import in a process of its own: `<plan|apply> <folder>`. Prints the largest sum of heap, buffers and what is outside of the
 * heap that was ever seen after a collection, in bytes. The table knows all devices (`plan`) or none (`apply`) without holding any: what it
 * answers, and the upload, lie in the folder (import-memory-files.ts).
 */

const [phase = 'plan', given = ''] = process.argv.slice(2);
const collect = globalThis.gc;
if (collect === undefined) throw new Error('start with --expose-gc');

const partitions = sourcePartitions(benchSource).map((partition) => ofTenant(benchTenant, partition));
const textOf = (name: string): Promise<string> => readFile(join(given, name), 'utf8');

/** Of what is written, only the runs are kept. */
const table = (): Table => {
  const kept = new Map<string, Item>();
  const keep = (put: Item) => void (put.e === 'run' && kept.set(`${put.pk}\n${put.sk}`, put));
  const query = async ({ pk, after }: Query): Promise<Page> => {
    const partition = partitions.indexOf(pk);
    if (phase !== 'plan' || partition < 0) return { items: [] };
    const page = after === undefined ? 0 : Number(after.page) + 1;
    type Answer = { Items: { sk: { S: string }; d: { S: string } }[] };
    const { Items } = JSON.parse(await textOf(`${partition}-${page}.json`)) as Answer;
    const items = Items.map(({ sk, d }) => ({ pk, sk: sk.S, d: d.S }) as unknown as Item);
    return existsSync(join(given, `${partition}-${page + 1}.json`))
      ? { items, last: { pk, sk: '', page: String(page) } }
      : { items };
  };
  return {
    meter: { roundTrips: 0, readUnits: 0, writeUnits: 0 },
    get: async ({ pk, sk }) => kept.get(`${pk}\n${sk}`),
    getMany: async (keys) => {
      if (phase !== 'plan') return [];
      const wanted = new Set(keys.map(({ sk }) => sk));
      return (JSON.parse(await textOf('asked.json')) as Item[]).filter(({ sk }) => wanted.has(sk));
    },
    query,
    transact: async (writes) => {
      for (const write of writes) if ('put' in write) keep(write.put);
    },
    writeEach: async (writes) =>
      writes.map((write) => {
        if ('put' in write) keep(write.put);
        return { done: true };
      }),
  };
};

const folder = mkdtempSync(join(tmpdir(), 'hangar-bench-'));
const disk: ObjectStore = {
  get: async (key) => {
    const bytes = await readFile(join(folder, key));
    const body = (async function* () {
      yield bytes as Uint8Array;
    })();
    return { body, metadata: {}, storedAt: '', size: bytes.length };
  },
  put: async (key, body) => {
    await mkdir(dirname(join(folder, key)), { recursive: true });
    await writeFile(join(folder, key), body);
    look();
  },
};

let peak = 0;
let looks = 0;
/** After every tenth file that is written, so that it is looked at as often per record, however many there are. */
const look = (): void => {
  looks += 1;
  if (looks % 10 !== 1) return;
  collect();
  const { heapUsed, external } = process.memoryUsage();
  peak = Math.max(peak, heapUsed + external);
};

/** The high-water mark of this process's own memory: that of `resourceUsage` begins with what the parent held when it forked. */
const mostResident = (): number => {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('the memory of a process is read from /proc, which is not here');
  return Number(kilobytes) * 1024;
};

try {
  const rig = benchRig(table(), disk);
  const upload = join(given, 'fleet.json');
  await rig.plan(() => createReadStream(upload), statSync(upload).size);
  if (phase === 'apply') {
    peak = 0;
    await rig.work();
  }
  look();
  console.log(JSON.stringify({ live: peak, resident: mostResident() }));
} finally {
  rmSync(folder, { recursive: true });
}
