import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { apiFunctions, consumers } from './application.ts';
import { jsonSchema, leaveOut, parsers, unreachable } from './left-out.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundleRoot = join(root, 'dist/functions');

/**
 * How every bundle is made. CommonJS, because it loads faster than ESM (56 against 64 ms of CPU for one API function, Node 24);
 * minified for size only; no source map, because an inline one costs 50 ms at every cold start.
 */
export const bundleSettings = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.cjs' },
  legalComments: 'none',
  absWorkingDir: root,
  logLevel: 'error',
} as const satisfies BuildOptions;

/**
 * Parts of the SDK that a Lambda function of ours never reaches; each file says why. For a bare DynamoDB client: 334 kB and 45 ms of CPU to
 * load as it comes; 199 kB and 35 ms without the chain of credential providers; 171 kB and 26 ms without all three.
 */
const stubs = {
  '@aws-sdk/client-s3': './infra/stubs/put-object-only.ts',
  '@aws-sdk/credential-provider-node': './infra/stubs/lambda-credentials.ts',
  '@aws-sdk/middleware-endpoint-discovery': './infra/stubs/no-endpoint-discovery.ts',
  '@smithy/core/event-streams': './infra/stubs/no-event-streams.ts',
};

/** Every deployed function, by the name of its folder. */
export const functionNames = [...apiFunctions, ...consumers].map(({ settings }) => settings.name);

/** The function that answers with the contract of the API, made of the schemas. */
const describesSchemas = 'platform';

/** Bundles `functions/<name>/index.ts` of the named functions, all by default. Throws when one does not build. */
export const bundleFunctions = async (
  names: readonly string[] = functionNames,
  outdir: string = bundleRoot,
): Promise<void> => {
  await Promise.all(
    names.map((name) =>
      build({
        ...bundleSettings,
        entryPoints: { [`${name}/index`]: `functions/${name}/index.ts` },
        outdir,
        alias: stubs,
        plugins: [leaveOut([...unreachable, ...parsers, ...(name === describesSchemas ? [] : jsonSchema)])],
      }),
    ),
  );
};

/** What is deployed of one function: this folder, with one file in it. */
export const bundleFolder = (name: string): string => join(bundleRoot, name);
export const bundlePath = (name: string): string => join(bundleFolder(name), 'index.cjs');
