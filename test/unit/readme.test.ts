import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../functions/imports/formats/catalogue.ts';
import { chartedNames, withChart, withCharts } from '../support/charts.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('README', () => {
  it('shows the charts that the declarations give now (npm run charts)', () => {
    expect(withCharts(readme)).toBe(readme);
  });

  it('would show a chart that changed', () => {
    expect(withChart(readme, 'entities', 'another chart')).not.toBe(readme);
  });

  const root = new URL('../..', import.meta.url);
  const declared = globSync('functions/**/*.ts', { cwd: root })
    .flatMap((path) => [
      ...readFileSync(new URL(path, root), 'utf8').matchAll(/defineEntity<[^(]*\(\{\s*name: '([^']+)'/g),
    ])
    .map(([, name]) => name ?? '');
  it('charts every entity that is declared', () => {
    expect(declared.length).toBeGreaterThan(20);
    expect(declared.filter((name) => !chartedNames().includes(name))).toEqual([]);
  });

  const untold = (text: string): string[] =>
    catalogue
      .map(({ name }) => name)
      .filter(
        (name) =>
          !text.split('\n').some((line) => line.startsWith('| `') && line.split('|')[1]?.includes(`\`${name}\``)),
      );
  it('says of every format what becomes of it', () => {
    expect(untold(readme)).toEqual([]);
    expect(untold(readme.replaceAll('`nmap-xml`', ''))).toEqual(['nmap-xml']);
  });
});
