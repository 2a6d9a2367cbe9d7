import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { wholePrintOf } from '../../../domain/import/fingerprint.ts';
import type { SourceEntry } from '../../../domain/import/source-index.ts';
import { sourceEntryEntity, sourcePartitions } from '../../../functions/plan-import/source-entry.ts';
import { pieceNames, pieceText } from '../../../functions/plan-import/source-index/piece-names.ts';
import { digest } from '../../../functions/shared/digest.ts';
import { ofTenant } from '../../../functions/store/entity.ts';
import type { Item } from '../../../functions/store/table.ts';
import { deviceJson, fleetFile, nativeKeyOf } from './import-fleet.ts';
import { benchSource, benchTenant } from './import-rig.ts';

/*
 * Lays down what an import is told, in a process of its own, so that making it is no part of what is measured: `<records> <folder>`.
 * `fleet.json` is the upload, `asked.json` the first entries in full, `<partition>-<page>.json` the answers to queries, as DynamoDB sends
 * them.
 */

/** Entries that are asked for by key before the index is read. */
const firstAsked = 1000;
/** The entries of an answer: the page size of the planner. */
const pageEntries = 400;

const [count = '0', folder = ''] = process.argv.slice(2);
const records = Number(count);

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

const partitions = sourcePartitions(benchSource).map((partition) => ofTenant(benchTenant, partition));
const waiting: Item[][] = partitions.map(() => []);
const pages = partitions.map(() => 0);
const layPage = (partition: number): void => {
  const Items = (waiting[partition] ?? []).map(({ sk, d }) => ({ sk: { S: sk }, d: { S: d } }));
  writeFileSync(join(folder, `${partition}-${pages[partition]}.json`), JSON.stringify({ Items }));
  pages[partition] = (pages[partition] ?? 0) + 1;
  waiting[partition] = [];
};

await pipeline(fleetFile(records), createWriteStream(join(folder, 'fleet.json')));
const asked: Item[] = [];
for (let n = 0; n < records; n += 1) {
  const item = sourceEntryEntity.toItem(benchTenant, entryOf(n), 1);
  if (n < firstAsked) asked.push(item);
  const partition = partitions.indexOf(item.pk);
  waiting[partition]?.push(item);
  if (waiting[partition]?.length === pageEntries) layPage(partition);
}
partitions.forEach((_, partition) => {
  layPage(partition);
});
writeFileSync(join(folder, 'asked.json'), JSON.stringify(asked));
