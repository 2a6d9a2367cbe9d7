import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = process.cwd();
const folders = ['domain', 'events', 'functions', 'infra', 'test'];
const copy = mkdtempSync(join(tmpdir(), 'hangar-layers-'));

/** One violation per rule, each in a file of its own: rule, file, what it imports. */
const plants: readonly (readonly [string, string, string])[] = [
  ['domain-is-pure', 'domain/asset/planted-node.ts', "import { readFileSync as planted } from 'node:fs';"],
  ['domain-is-pure', 'domain/asset/planted-clock.ts', "import { setTimeout as planted } from 'node:timers/promises';"],
  ['domain-is-pure', 'domain/asset/planted-aws.ts', "import { marshall as planted } from '@aws-sdk/util-dynamodb';"],
  [
    'domain-is-pure',
    'domain/asset/planted.ts',
    "import type { Table as planted } from '../../functions/store/table.ts';",
  ],
  ['events-are-a-language', 'events/planted.ts', "import { Asset as planted } from '../domain/asset/asset.ts';"],
  [
    'functions-know-no-infra',
    'functions/assets/planted.ts',
    "import { readStage as planted } from '../../infra/stage.ts';",
  ],
  ['functions-know-no-infra', 'functions/assets/planted-cdk.ts', "import { App as planted } from 'aws-cdk-lib/core';"],
  ['infra-knows-contracts-only', 'infra/planted.ts', "import { serve as planted } from '../functions/http/serve.ts';"],
  ['infra-knows-few-words', 'infra/planted-word.ts', "import { Asset as planted } from '../domain/asset/asset.ts';"],
  ['local-stays-local', 'infra/stacks/planted.ts', "import { planted } from '../local/planted.ts';"],
  ['nobody-needs-tests', 'infra/local/planted.ts', "import planted from '../../test/support/strip-types.js';"],
  [
    'shipped-code-has-shipped-dependencies',
    'functions/cis/planted.ts',
    "import { assert as planted } from 'fast-check';",
  ],
  ['no-cycles', 'domain/ci/planted-egg.ts', "import type { planted } from './planted-hen.ts';"],
  ['imports-resolve', 'functions/cis/planted-missing.ts', "import { planted } from './nowhere.ts';"],
];

/** The other half of the planted cycle. */
const partner = ['domain/ci/planted-hen.ts', "import type { planted } from './planted-egg.ts';"] as const;

type Found = { rule: string; from: string };

/** What dependency-cruiser has to say about the source tree in this folder. */
const cruise = (folder: string): Found[] => {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(root, 'test/architecture/layers.cjs');
  const run = spawnSync(process.execPath, [program, ...folders, '--config', config, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  const { summary } = JSON.parse(run.stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[]; totalCruised: number };
  };
  expect(summary.totalCruised).toBeGreaterThan(100);
  return summary.violations.map(({ from, rule }) => ({ rule: rule.name, from }));
};

describe('the layers', () => {
  it('are kept by the source tree', () => {
    expect(cruise(root)).toEqual([]);
  });
});

describe('the guard of the layers', () => {
  let found: Found[] = [];

  beforeAll(() => {
    for (const folder of folders) {
      cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: (path) => !path.includes('fixtures') });
    }
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const [file, line] of [...plants.map(([, ...plant]) => plant), partner]) {
      writeFileSync(join(copy, file), `${line}\nexport { planted };\n`);
    }
    found = cruise(copy);
  });

  afterAll(() => rmSync(copy, { recursive: true }));

  it.each(plants)('bites: %s in %s', (rule, from) => {
    expect(found).toContainEqual({ rule, from });
  });

  it('is proved for every rule', () => {
    const { forbidden } = createRequire(import.meta.url)('./layers.cjs') as { forbidden: { name: string }[] };
    expect(new Set(plants.map(([rule]) => rule))).toEqual(new Set(forbidden.map(({ name }) => name)));
  });

  it('accuses nobody else', () => {
    expect(found.filter(({ from }) => !from.includes('planted'))).toEqual(cruise(root));
  });
});
