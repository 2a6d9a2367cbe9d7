import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/** A module inside a package that is bundled without its content: `says` gives what stands there instead, `keeps` what stays of it. */
type LeftOut = { path: RegExp; says: (source: string, keeps: readonly string[]) => string; keeps?: readonly string[] };

/** Everything that a module exports, as functions that refuse to be called: what nobody can reach keeps its names only. */
const namesAlone = (source: string, keeps: readonly string[]): string => {
  const found = source.matchAll(/^export (?:(?:const|function|class) |\{ \w+ as )(\w+)/gm);
  const names = [...found].map(([, name = '']) => name).filter((name) => !keeps.includes(name));
  const exported = names.map((name) => `refuse as ${name}`).join(', ');
  return `function refuse() { throw new Error('Left out of the bundles; see infra/left-out.ts.'); }\nexport { ${exported} };`;
};

/**
 * How zod writes JSON Schema. Only the function that answers with the contract does: 17 kB, and 1.5 ms to load. What asks a schema for its
 * bounds (`schema.maxLength`) lies beside it.
 */
export const jsonSchema: readonly LeftOut[] = [
  { path: /[\\/]zod[\\/]v4[\\/]core[\\/]json-schema-processors\.js$/, says: namesAlone, keeps: ['aggregateChecks'] },
  { path: /[\\/]zod[\\/]v4[\\/]core[\\/]to-json-schema\.js$/, says: namesAlone },
];

/** What no function of ours reaches in Lambda. */
export const unreachable: readonly LeftOut[] = [
  // `~/.aws/config` and `credentials`: Lambda has neither. Looking for them also costs time at the first request.
  {
    path: /[\\/]shared-ini-file-loader[\\/]loadSharedConfigFiles\.js$/,
    says: () => `export const CONFIG_PREFIX_SEPARATOR = '.';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  // Dates of other protocols and the retries of SDK clients, each made by a call of which nobody needs to know.
  {
    path: /[\\/]@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/](?:serde[\\/]date-utils|retry[\\/]index)\.js$/,
    says: (source) =>
      source.replaceAll(/^((?:export )?const \w+ = )(?=new RegExp\(|bind\w+\()/gm, '$1/* @__PURE__ */ '),
  },
  // SHA-256 for a Node without OpenSSL.
  { path: /[\\/]checksum[\\/]sha256[\\/]Sha256Js\.js$/, says: namesAlone },
  // A client tells its version to AWS; the list of its dependencies goes nowhere.
  {
    path: /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]package\.json$/,
    says: (source) => `export default { version: ${JSON.stringify(JSON.parse(source).version)} };`,
  },
];

/**
 * js-yaml is one module, and its constants are made by calls and spreads. Each as a call of which nobody needs to know, those that `load`
 * does not use go, and with them the writer of YAML and the tags of YAML 1.1: 15 kB.
 */
const dropsUnused = (source: string): string =>
  source.replaceAll(
    /^var (\w+) = ((?:define\w+Tag\(|new |\{|`|\w+_SCHEMA\.)(?:.*|[\s\S]*?\n[\])}].*));$/gm,
    'var $1 = /* @__PURE__ */ (() => ($2))();',
  );

/** Top-level functions, methods and exports of these names, taken out of a CommonJS module. */
const without =
  (names: string) =>
  (source: string): string =>
    source
      .replaceAll(new RegExp(`^function (?:${names})\\([\\s\\S]*?^}$`, 'gm'), '')
      .replaceAll(
        new RegExp(
          `^(?:\\w+\\.prototype\\.(?:${names})|(?:${names})\\.prototype\\.\\w+) = function[\\s\\S]*?^};$`,
          'gm',
        ),
        '',
      )
      .replaceAll(new RegExp(`^(?:exports\\.(?:${names}) = .*|util\\.inherits\\((?:${names}),.*)$`, 'gm'), '');

/** What the parsers of the importer bring along. */
export const parsers: readonly LeftOut[] = [
  { path: /[\\/]js-yaml[\\/]dist[\\/]js-yaml\.mjs$/, says: dropsUnused },
  // What is said of options that do not fit: ours are checked by the compiler, and the code of the error stays. 7 kB.
  {
    path: /[\\/]csv-parse[\\/]lib[\\/]api[\\/]normalize_options\.js$/,
    says: (source) =>
      source.replaceAll(/(throw new (?:Csv)?Error\()(\s*"CSV_\w+",)?\s*(?:\[[^;]*?\]|`[^`]*`)/g, '$1$2 []'),
  },
  // Ways to open a zip that nobody goes, and dates of files: 5 kB.
  {
    path: /[\\/]yauzl[\\/]index\.js$/,
    says: without(
      'open|openPromise|fromBuffer|fromBufferPromise|fromRandomAccessReaderPromise|dosDateTimeToDate|getLastModDate|RandomAccessReader|RefUnrefFilter|openReadStreamLowLevelPromise|readLocalFileHeaderPromise|validateFileName',
    ),
  },
  { path: /[\\/]yauzl[\\/]fd-slicer\.js$/, says: without('BufferSlicer') },
  // CRC-32 for a Node without it, 3 kB.
  { path: /[\\/]yauzl[\\/]crc32\.js$/, says: () => 'module.exports = undefined;' },
];

/** Marks an import of a module as it is. */
const whole = '?whole';

/** Puts these modules' substitutes into a bundle. */
export const leaveOut = (modules: readonly LeftOut[]): Plugin => ({
  name: 'leave-out',
  setup: ({ onLoad }) => {
    for (const { path, says, keeps = [] } of modules) {
      onLoad({ filter: path }, async (found) => {
        if (found.suffix === whole) return undefined;
        const said = says(await readFile(found.path, 'utf8'), keeps);
        const kept = keeps.map((name) => `export { ${name} } from './${basename(found.path)}${whole}';`);
        return { contents: [said, ...kept].join('\n'), loader: 'js' };
      });
    }
  },
});
