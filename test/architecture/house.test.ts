import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { brokenRules, houseRules } from './house-rules.ts';

const files = globSync('{domain,events,functions,infra,test}/**/*.{ts,js,cjs,mjs}')
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !path.startsWith('test/fixtures/'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** These two quote what they forbid. */
const quoting = new Set(['test/architecture/house-rules.ts', 'test/architecture/house.test.ts']);

describe('the house rules', () => {
  it('are kept by every file', () => {
    const broken = files
      .filter(({ path }) => !quoting.has(path))
      .flatMap(({ path, text }) => brokenRules(path, text).map((rule) => `${path}: ${rule}`));
    expect(files.length).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  it('keep files short: the median has at most 60 lines', () => {
    const lengths = files.map(({ text }) => text.split('\n').length - 1).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(60);
  });

  const bad: readonly (readonly [string, string, string])[] = [
    ['no file above 250 lines', 'domain/a.ts', '\n'.repeat(251)],
    ['files say what they hold', 'functions/shared/utils.ts', ''],
    ['kebab-case file names', 'domain/assetTag.ts', ''],
    ['zod is imported whole, or its locales are bundled', 'domain/a.ts', "import { z } from 'zod';"],
    ['no default exports', 'infra/a.ts', 'export default 1;'],
    ['no barrels', 'domain/a.ts', "export { b } from './b.ts';"],
    ['no enums or namespaces', 'domain/a.ts', 'export enum Status { a }'],
    ['no module mocks', 'test/a.test.ts', "jest.mock('./b.ts');"],
    ['no test left out', 'test/a.test.ts', "it.skip('a', () => {});"],
    ['no compiler rule switched off', 'domain/a.ts', '  // @ts-expect-error wrong'],
    ['the domain knows neither clock nor chance', 'domain/a.ts', 'const now = new Date();'],
    ['one class in the domain', 'domain/a.ts', 'export class Asset {}'],
  ];

  it.each(bad)('notice: %s', (rule, path, text) => {
    expect(brokenRules(path, text)).toEqual([rule]);
  });

  it('are all proved to bite', () => {
    expect(bad.map(([rule]) => rule).sort()).toEqual(houseRules.map(({ name }) => name).sort());
  });
});
