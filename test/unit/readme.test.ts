import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { withChart, withCharts } from '../support/charts.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('README', () => {
  it('shows the charts that the declarations give now (npm run charts)', () => {
    expect(withCharts(readme)).toBe(readme);
  });

  it('would show a chart that changed', () => {
    expect(withChart(readme, 'entities', 'another chart')).not.toBe(readme);
  });
});
