import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atMost, type Metric, told } from '../metric.ts';

const run = promisify(execFile);
const child = new URL('./import-memory-child.ts', import.meta.url).pathname;
const files = new URL('./import-memory-files.ts', import.meta.url).pathname;
const megabyte = 1024 * 1024;

/** What was live at most, and what the process held at most, in megabytes. The same limits for all. */
const measure = async (phase: string, records: number): Promise<{ live: number; resident: number }> => {
  const flags = [
    '--expose-gc',
    '--max-old-space-size=1536',
    '--max-semi-space-size=8',
    '--disable-warning=ExperimentalWarning',
  ];
  const folder = await mkdtemp(join(tmpdir(), 'hangar-bench-'));
  try {
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', files, String(records), folder]);
    const { stdout } = await run(process.execPath, [...flags, child, phase, folder]);
    const { live, resident } = JSON.parse(stdout) as { live: number; resident: number };
    return { live: live / megabyte, resident: resident / megabyte };
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** The memory of a planner that compares all devices of a file with all that its source knows, and of an applier that makes them. */
export async function* measureMemory(
  sizes: Record<'plan' | 'apply', readonly [number, number]>,
): AsyncGenerator<Metric> {
  for (const phase of ['plan', 'apply'] as const) {
    const [few, many] = sizes[phase];
    const small = await measure(phase, few);
    const large = await measure(phase, many);
    for (const [records, { live, resident }] of [
      [few, small],
      [many, large],
    ] as const) {
      yield told(`import.memory.${phase}.${records}.live`, live, 'MB');
      yield told(`import.memory.${phase}.${records}.resident`, resident, 'MB');
    }
    yield told(`import.memory.${phase}.bytesPerRecord`, ((large.live - small.live) * megabyte) / (many - few), 'bytes');
    yield atMost(`import.memory.${phase}.growth`, large.resident / small.resident, 'ratio', 1.2);
  }
}
