import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { wholePrintOf } from '../../../domain/import/fingerprint.ts';
import type { SourceEntry } from '../../../domain/import/source-index.ts';
import type { ObjectStore } from '../../../functions/objects/object-store.ts';
import { sourceEntryEntity, sourcePartitions } from '../../../functions/plan-import/source-entry.ts';
import { pieceNames, pieceText } from '../../../functions/plan-import/source-index/piece-names.ts';
import { digest } from '../../../functions/shared/digest.ts';
import { ofTenant } from '../../../functions/store/entity.ts';
import type { Item, Page, Query, Table } from '../../../functions/store/table.ts';
import { deviceJson, fleetFile, nativeKeyOf } from './import-fleet.ts';
import { benchRig, benchSource, benchTenant } from './import-rig.ts';

/*
 * One import in a process of its own: `<plan|apply> <records>`. Prints the largest sum of heap, buffers and what is outside of the heap
 * that was ever seen after a collection, in bytes. The table knows all devices (`plan`) or none (`apply`) without holding any.
 */

const [phase = 'plan', count = '0'] = process.argv.slice(2);
const records = Number(count);
const collect = globalThis.gc;
if (collect === undefined) throw new Error('start with --expose-gc');

const names = pieceNames('mdm', '1', '');
const sections = ['bios', 'device', 'hardware', 'mdm', 'os', 'ownership', '@identity'];
const fingerprint = Object.fromEntries(sections.map((name) => [name, digest(name).slice(0, 16)]));
const ownPart = (n: number, kind: string): string => digest(`${kind}${n}`).slice(0, 26);

const entryOf = (n: number): SourceEntry => ({
  source: benchSource,
  nativeKey: nativeKeyOf(n),
  fingerprint,
  ciId: `ci_${ownPart(n, 'ci')}`,
  assetId: `ast_${ownPart(n, 'ast')}`,
  run: `run_${'a'.repeat(26)}`,
  record: n,
  outcome: 'created',
  rule: 'new-by-strong-identifier',
  piece: `${pieceText(names(Buffer.from(deviceJson(n)), 'value'))}.0.1 ${wholePrintOf(fingerprint, digest)}`,
});
const itemOf = (n: number): Item => sourceEntryEntity.toItem(benchTenant, entryOf(n), 1);
const partitionOf = (n: number): string =>
  sourceEntryEntity.keyOf(benchTenant, { source: benchSource, nativeKey: nativeKeyOf(n) }).pk;

/** In which partition each device lies, looked up once: what this table does for every query is no part of what is measured. */
const partitions = sourcePartitions(benchSource).map((partition) => ofTenant(benchTenant, partition));
const partitionsOfAll = (): Uint8Array => {
  const numbers = new Map(partitions.map((pk, number) => [pk, number]));
  const all = new Uint8Array(phase === 'plan' ? records : 0);
  for (let n = 0; n < all.length; n += 1) all[n] = numbers.get(partitionOf(n)) ?? 255;
  return all;
};
const partitionAt = partitionsOfAll();

/** Answers of a table are made when they are asked for; of what is written, only the runs are kept. */
const table = (): Table => {
  const kept = new Map<string, Item>();
  const keep = (put: Item) => void (put.e === 'run' && kept.set(`${put.pk}\n${put.sk}`, put));
  const query = async ({ pk, after, limit }: Query): Promise<Page> => {
    const items: Item[] = [];
    const partition = partitions.indexOf(pk);
    if (phase !== 'plan' || partition < 0) return { items };
    for (let n = after === undefined ? 0 : Number(after.n) + 1; n < records; n += 1) {
      if (partitionAt[n] !== partition) continue;
      items.push(itemOf(n));
      if (items.length === limit) return { items, last: { pk, sk: '', n: String(n) } };
    }
    return { items };
  };
  return {
    meter: { roundTrips: 0, readUnits: 0, writeUnits: 0 },
    get: async ({ pk, sk }) => kept.get(`${pk}\n${sk}`),
    getMany: async (keys) => {
      if (phase !== 'plan') return [];
      const wanted = new Set(keys.map(({ sk }) => sk));
      const items: Item[] = [];
      // They are asked for as they stand in the file: from its beginning.
      for (let n = 0; n < records && items.length < wanted.size; n += 1)
        if (wanted.has(nativeKeyOf(n))) items.push(itemOf(n));
      return items;
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
  await rig.plan(() => fleetFile(records), records * deviceJson(0).length);
  if (phase === 'apply') {
    peak = 0;
    await rig.work();
  }
  look();
  console.log(JSON.stringify({ live: peak, resident: mostResident() }));
} finally {
  rmSync(folder, { recursive: true });
}
