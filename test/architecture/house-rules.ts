/** A rule of the house that no tool checks: what it is called, and what breaks it (the lines, or nothing). */
type HouseRule = { name: string; breaks: (path: string, text: string) => boolean };

const shipped = /^(domain|events|functions)\//;
const longest = 250;

/** Paths are relative to the repository, with `/`. */
export const houseRules: readonly HouseRule[] = [
  { name: 'no file above 250 lines', breaks: (_, text) => text.split('\n').length - 1 > longest },
  {
    name: 'files say what they hold',
    breaks: (path) => /(^|\/)(utils?|helpers?|common|misc|shared|index\.d)\.[cm]?[jt]s$/.test(path),
  },
  { name: 'kebab-case file names', breaks: (path) => !/^[a-z0-9.-]+$/.test(path.split('/').at(-1) ?? '') },
  {
    name: 'zod is imported whole, or its locales are bundled',
    breaks: (path, text) => shipped.test(path) && /^import (type )?\{[^}]*\} from 'zod'/m.test(text),
  },
  {
    name: 'no default exports',
    breaks: (path, text) => path !== 'test/support/strip-types.js' && /^export default\b/m.test(text),
  },
  { name: 'no barrels', breaks: (_, text) => /^export (\*|\{[^}]*\}) from /m.test(text) },
  {
    name: 'no enums or namespaces',
    breaks: (_, text) => /^\s*(export )?(declare )?(const )?(enum|namespace) \w+ \{/m.test(text),
  },
  { name: 'no module mocks', breaks: (_, text) => /\bjest\.(mock|unstable_mockModule|doMock)\(/.test(text) },
  {
    name: 'no test left out',
    breaks: (_, text) => /\b(it|test|describe)\.(only|skip|todo|failing)\b|\bx(it|describe)\(/.test(text),
  },
  {
    name: 'no compiler rule switched off',
    breaks: (_, text) => /^\s*\/\/ @ts-(ignore|nocheck|expect-error)/m.test(text),
  },
  {
    name: 'the domain knows neither clock nor chance',
    breaks: (path, text) =>
      path.startsWith('domain/') &&
      /\bDate\.now\(|new Date\(\)|\bMath\.random\(|\bcrypto\.[a-z]|\bperformance\.now\(/.test(text),
  },
  {
    name: 'one class in the domain',
    breaks: (path, text) =>
      path.startsWith('domain/') && path !== 'domain/shared/problem.ts' && /^(export )?class /m.test(text),
  },
];

/** The rules that this file breaks. */
export const brokenRules = (path: string, text: string): string[] =>
  houseRules.filter(({ breaks }) => breaks(path, text)).map(({ name }) => name);
