import { parseArgs } from 'node:util';
import { measureBundles } from './groups/bundle.ts';
import { measureGraph } from './groups/graph.ts';
import { measureHealth } from './groups/health.ts';
import { measureImport } from './groups/import.ts';
import { measureInit } from './groups/init.ts';
import type { Metric } from './metric.ts';

type Options = { cis?: string | undefined; records?: string | undefined; seeds?: string | undefined };

/** Every group of `npm run bench [-- NAME... [--cis N] [--records N] [--seeds N]]`, in the order they run. */
const groups: Record<string, (options: Options) => Iterable<Metric> | AsyncIterable<Metric>> = {
  bundle: measureBundles,
  init: measureInit,
  graph: measureGraph,
  health: measureHealth,
  import: measureImport,
};

const { positionals: wanted, values } = parseArgs({
  allowPositionals: true,
  options: { cis: { type: 'string' }, records: { type: 'string' }, seeds: { type: 'string' } },
});
const unknown = wanted.filter((name) => !(name in groups));
if (unknown.length > 0) {
  console.error(`No such group: ${unknown.join(', ')}. There are: ${Object.keys(groups).join(', ')}.`);
  process.exit(2);
}

for (const [name, measure] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for await (const metric of measure(values)) {
    console.log(JSON.stringify(metric));
    if (!metric.ok) process.exitCode = 1;
  }
}
