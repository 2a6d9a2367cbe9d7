import { readFileSync } from 'node:fs';
import { bundleFunctions, bundlePath, functionNames } from '../../../infra/bundle.ts';
import { atMost, type Metric } from '../metric.ts';

/** What is deployed of every function: minified kB (of 1,000 bytes), and that no source map is inside. */
export async function* measureBundles(): AsyncGenerator<Metric> {
  await bundleFunctions();
  for (const name of functionNames) {
    const code = readFileSync(bundlePath(name));
    yield atMost(`bundle.${name}`, code.length / 1000, 'kB', 400);
    yield atMost(
      `bundle.${name}.sourceMaps`,
      code.toString('latin1').split('sourceMappingURL=').length - 1,
      'count',
      0,
    );
  }
}
