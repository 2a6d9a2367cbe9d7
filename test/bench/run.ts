import { measureBundles } from './groups/bundle.ts';
import { measureInit } from './groups/init.ts';
import type { Metric } from './metric.ts';

/** Every group of `npm run bench [-- NAME...]`, in the order they run. */
const groups: Record<string, () => Iterable<Metric> | AsyncIterable<Metric>> = {
  bundle: measureBundles,
  init: measureInit,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in groups));
if (unknown.length > 0) {
  console.error(`No such group: ${unknown.join(', ')}. There are: ${Object.keys(groups).join(', ')}.`);
  process.exit(2);
}

for (const [name, measure] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for await (const metric of measure()) {
    console.log(JSON.stringify(metric));
    if (!metric.ok) process.exitCode = 1;
  }
}
