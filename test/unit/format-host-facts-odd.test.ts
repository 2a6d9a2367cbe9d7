import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { labelsAsJson } from '../../functions/imports/formats/host-facts/label-lines.ts';
import { formats } from '../support/formats.ts';
import { context, gathered, parse, problemOf, recordOf, recordsIn } from '../support/host-facts.ts';

const grains = (name: string) => ({ host: name, id: `${name}.skyways.example`, saltversion: '3006.7', os: 'Debian' });
describe('files of others', () => {
  const names = ['ansible-facts', 'salt-grains', 'ohai', 'facter'];
  it.each([
    ['GLPI', '{"content":{"hardware":{"name":"a"}},"deviceid":"a","itemtype":"Computer"}'],
    ['AWS Config', '{"fileVersion":"1.0","configurationItems":[{"resourceType":"AWS::EC2::Instance"}]}'],
    [
      'Terraform',
      '{"version":4,"terraform_version":"1.7.0","resources":[{"type":"null_resource","instances":[{"attributes":{"platform_version":"1.4"}}]}]}',
    ],
    [
      'Kubernetes',
      '{"kind":"NodeList","apiVersion":"v1","items":[{"status":{"nodeInfo":{"machineID":"a","osImage":"b"}}}]}',
    ],
    [
      'Kubernetes that quotes facts',
      '{"kind":"ConfigMap","data":{"facts.json":"{\\"ansible_facts\\":{},\\"facterversion\\":1}"}}',
    ],
    ['CycloneDX', '{"bomFormat":"CycloneDX","components":[{"name":"facterversion","version":"1"}]}'],
    ['CSV', 'name,serial\nansible_facts,facterversion\n'],
    ['XML', '<REQUEST><DEVICEID>facterversion</DEVICEID></REQUEST>'],
  ])('leaves %s to them', (_what, head) => {
    expect(formats.filter(({ name, detect }) => names.includes(name) && detect(head, context))).toEqual([]);
  });
});
describe('hostile content', () => {
  it('names line and column of a syntax error beside the good documents before it', async () => {
    const parsed = await parse(`${JSON.stringify(grains('gate-1'))}\n{\n  "host": "gate-2",,\n}\n`);
    expect(recordsIn(parsed)).toHaveLength(1);
    expect(parsed[1]).toMatchObject({ fault: { line: 3, errors: [{ line: 3, column: 20 }] } });
    expect(await problemOf('{"ansible_facts": {"a": 1,}}', 'ansible-facts')).toMatchObject({
      code: 'json-syntax',
      line: 1,
      column: 27,
    });
  });

  it('refuses what is nested too deep and what holds no facts', async () => {
    const deep = `{"facterversion":"4","x":${'['.repeat(80)}${']'.repeat(80)}}`;
    expect(await problemOf(deep, 'facter')).toMatchObject({
      code: 'json-syntax',
      detail: expect.stringMatching(/deeper than 64/),
    });
    expect(await problemOf({ title: 'Crew handbook' }, 'facter')).toMatchObject({ code: 'no-usable-record' });
    expect(await problemOf('[]', 'facter')).toBeUndefined();
  });

  it('treats `__proto__` as a word like any other', async () => {
    const text =
      '{"__proto__":{"ansible_facts":{"ansible_hostname":"evil","ansible_distribution":"x"}},"gate-1":{"ansible_facts":{"__proto__":{"hostname":"evil"},"ansible___proto__":{"hostname":"evil"},"ansible_hostname":"gate-1","ansible_distribution":"Debian"}},"facts::__proto__::polluted":1}';
    expect(recordsIn(await parse(text)).map(({ name }) => name)).toEqual(['evil', 'gate-1']);
    await parse(
      '{"name":"gate-1","facts":{"__proto__::polluted":"yes","constructor::prototype::polluted":"yes","facterversion":"4"}}',
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('cuts endless names and counts', async () => {
    const record = await recordOf({
      [`gate-${'x'.repeat(9000)}`]: { ...gathered({}, 'g'.repeat(5000)), ansible_processor_count: 1e15 },
    });
    expect(record.nativeKey.length).toBeLessThanOrEqual(400);
    expect(record.name?.length).toBe(300);
  });

  it('finds labels however the file is cut into chunks, and leaves other lines as they are', async () => {
    const long = `{"x": "${'gate | SUCCESS => {'.repeat(60)}"}`;
    const text = `\uFEFFgate-1 | SUCCESS => {\n  "é": 1\n}\n${long}\ngate-2 | FAILED! (rc=-1) => {}\n`;
    const expected = text
      .replace('\uFEFFgate-1 | SUCCESS =>', '{"hangar_label":"gate-1"}')
      .replace('gate-2 | FAILED! (rc=-1) =>', '{"hangar_label":"gate-2"}');
    const bytes = new TextEncoder().encode(text);
    for (const size of [1, 2, 3, 7, 64, 299, 300, 301, 5000]) {
      const chunks = (async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      })();
      const decoder = new TextDecoder();
      let read = '';
      for await (const chunk of labelsAsJson(chunks)) read += decoder.decode(chunk, { stream: true });
      expect([size, read]).toEqual([size, expected]);
    }
  });

  it('maps any facts to records or faults that keep the contract, without throwing', async () => {
    const words = [
      'ansible_facts',
      'ansible_hostname',
      'ansible_interfaces',
      'ansible_eth0',
      'ansible_processor',
      'packages',
      'dmi',
      'networking',
      'interfaces',
      'facterversion',
      'hwaddr_interfaces',
      'ip_interfaces',
      'saltversion',
      'id',
      'network',
      'cpu',
      'chef_packages',
      'automatic',
      'facts',
      'certname',
      'name',
      'device',
      'macaddress',
      'ipv4',
      'addresses',
      'os::name',
      'virtual',
      'plays',
      'return',
      'rows',
      'failed',
      'unreachable',
      '_timestamp',
    ];
    const leaf = fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('NA', 'lo', '10.0.0.1', 'a4:bb:6d:00:00:01'),
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.dictionary(fc.constantFrom(...words), tie('node'), { maxKeys: 8 }),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    })).node;
    const file = fc.dictionary(fc.constantFrom(...words), tree, { maxKeys: 8 });
    const format = fc.constantFrom('ansible-facts', 'facter', 'ohai', 'salt-grains');
    await fc.assert(
      fc.asyncProperty(file, format, fc.integer({ min: 1, max: 64 }), async (content, name, chunk) => {
        const parsed = await parse(content, name, chunk).catch((error: Error) => error.name);
        if (typeof parsed === 'string') expect(parsed).toBe('UnreadableFile');
        else
          expect(parsed.map((one) => ('record' in one ? one.record : one.fault).recordIndex)).toEqual(
            parsed.map((_one, index) => index),
          );
      }),
      { numRuns: 300 },
    );
  });
});
