import { describe, expect, it } from '@jest/globals';
import { parseAll, problemOf, recordOf, recordsOf, valuesOf } from '../support/aws.ts';
import { fixture, linksOf } from '../support/cloud.ts';

type Json = Record<string, unknown>;

const version4 = fixture('terraform', 'version-4');
const version3 = fixture('terraform', 'version-3');
const state = JSON.parse(version4) as Json & { resources: Json[] };

/** The resources of the state as `terraform show -json` writes them. */
const shown = (resources: readonly Json[]): Json[] =>
  resources.flatMap(({ instances, module, mode, name, provider, type }) =>
    (instances as Json[]).map((one) => ({
      address: `${module === undefined ? '' : `${String(module)}.`}${type}.${name}${one.index_key === undefined ? '' : `[${JSON.stringify(one.index_key)}]`}`,
      mode,
      type,
      name,
      provider_name: /"(.+)"/.exec(String(provider))?.[1],
      values: one.attributes,
      sensitive_values: { password: true, kind: true },
      depends_on: one.dependencies,
      ...(one.status === 'tainted' ? { tainted: true } : {}),
      ...(one.deposed === undefined ? {} : { deposed_key: one.deposed }),
    })),
  );
const answer = {
  format_version: '1.0',
  terraform_version: '1.9.5',
  values: {
    outputs: {},
    root_module: {
      resources: shown(state.resources.filter(({ module }) => module === undefined)),
      child_modules: [
        {
          address: 'module.net["north"]',
          resources: shown(state.resources.filter(({ module }) => module !== undefined)),
        },
      ],
    },
  },
};

describe('the other versions', () => {
  it('reads version 3: modules, counted resources, flat attributes', async () => {
    const records = await recordsOf(version3);
    expect(records.map(({ ciClass, name, nativeKey }) => [nativeKey.slice(37), ciClass, name])).toEqual([
      ['aws_vpc.main', 'network', 'skyways-prod'],
      ['module.app.aws_instance.web[0]', 'virtual-machine', 'module.app.aws_instance.web[0]'],
      ['module.app.aws_instance.web[1]', 'virtual-machine', 'module.app.aws_instance.web[1]'],
      ['module.app.aws_security_group.web', 'network', 'web'],
    ]);
    expect(records.map((record) => valuesOf(record, 'cloudId')[0])).toEqual([
      'aws:111122223333/eu-north-1/aws::ec2::vpc/vpc-0808080808080808d',
      'aws:i-0aa11bb22cc33dd01',
      'aws:i-0aa11bb22cc33dd02',
      'aws:111122223333/eu-north-1/aws::ec2::securitygroup/sg-0505050505050505a',
    ]);
    const group = 'depends on out 3b9c7f00-0000-4000-8000-000000000003/module.app.aws_security_group.web';
    expect(records.slice(1, 3).map(linksOf)).toEqual([[group], [group]]);
    expect(records[1]?.sections.declared?.tainted).toBe(true);
    expect(version3).toContain('planted');
    expect(JSON.stringify(records)).not.toContain('planted');
  });

  it('reads terraform show -json as the state it shows', async () => {
    const records = await recordsOf(answer);
    const { lineage: _lineage, ...anonymous } = state;
    const told = (list: typeof records) =>
      list
        .map(({ identifiers, name, nativeKey, relations, sections }) => ({
          identifiers,
          name,
          nativeKey,
          relations,
          sections,
        }))
        .sort((a, b) => (a.nativeKey < b.nativeKey ? -1 : 1));
    expect(told(records)).toEqual(told(await recordsOf(anonymous)));
    expect(JSON.stringify(records).toLowerCase()).not.toContain('planted');
  });

  it.each([
    [
      'version 2',
      { version: 2, terraform_version: '0.6.16', serial: 1, modules: [] },
      /version 2\. Supported are states of version 3/,
    ],
    ['version 5', { ...state, version: 5 }, /version 5\. Supported/],
    ['no version', { terraform_version: '1.9.5', serial: 1, resources: state.resources }, /version null/],
    [
      'version 4 by a Terraform that never wrote it',
      { ...state, terraform_version: '0.10.26' },
      /"0\.10\.26", which did not write/,
    ],
    ['an unknown format of show', { ...answer, format_version: '2.0' }, /format "2\.0"\. Supported/],
  ])('refuses %s and names what is supported', async (_name, value, detail) => {
    const problem = await problemOf(JSON.stringify(value));
    expect(problem.code).toBe('unsupported-version');
    expect(problem.detail).toMatch(detail);
    expect(problem.detail).toContain('3 (Terraform 0.7 to 0.11) and 4 (Terraform 0.12 and later');
  });

  it('refuses a plan: it is no state', async () => {
    const plan = { ...answer, planned_values: {}, resource_changes: [] };
    expect(await problemOf(JSON.stringify(plan))).toMatchObject({ code: 'not-a-state' });
  });

  it('says so when all that a state holds exists in it alone', async () => {
    const resources = state.resources.filter(({ type }) => type === 'random_password');
    expect(await problemOf(JSON.stringify({ ...state, resources }))).toMatchObject({ code: 'no-usable-record' });
  });
});

describe('broken states', () => {
  it('keeps the resources beside one that cannot be read, and tells its place', async () => {
    const broken = version4.replace('"type": "aws_s3_bucket",', '"type": aws_s3_bucket,');
    const parsed = await parseAll(broken);
    expect(parsed.filter((one) => 'record' in one)).toHaveLength(11);
    const line = broken.split('\n').findIndex((one) => one.includes('aws_s3_bucket,')) + 1;
    expect(parsed.find((one) => 'fault' in one)).toMatchObject({ fault: { errors: [{ line, column: 15 }] } });
  });

  it('takes nothing from a state that was cut off: its version and its last resources are not known', async () => {
    expect(await problemOf(version4.slice(0, version4.length - 40))).toMatchObject({ code: 'json-syntax' });
  });

  it('stops at 64 levels', async () => {
    const deep = `${'['.repeat(80)}${']'.repeat(80)}`;
    const one = version4.replace('"tags": { "Name": "front-b" }', `"tags": { "Name": "front-b" }, "x": ${deep}`);
    const parsed = await parseAll(one);
    expect(parsed.find((each) => 'fault' in each)).toMatchObject({
      fault: { errors: [{ reason: 'Nested deeper than 64 levels.' }] },
    });
  });

  it('shortens an address that does not fit, and never to that of another resource', async () => {
    const long = (last: string) =>
      recordOf({ ...state, resources: [{ ...state.resources[4], name: `${'gate'.repeat(120)}${last}` }] });
    const [a, b] = [await long('a'), await long('b')];
    expect(a.nativeKey.length).toBeLessThanOrEqual(400);
    expect(a.nativeKey).not.toBe(b.nativeKey);
  });
});
